# Rectified flow (Liu et al. 2022): straight lines from data to noise, and the velocity along them.
#   x_t = (1 - t) x_0 + t noise,   v = dx_t/dt = noise - x_0;   t = 0 is data, t = 1 is noise
#   B batch, S image tokens, P values of a patch
import torch
from torch import Tensor


def point(data: Tensor, noise: Tensor, time: Tensor) -> Tensor:
    return torch.lerp(data, noise, time.view([-1, 1, 1]))           # [B, S, P]


def target(data: Tensor, noise: Tensor) -> Tensor:
    return noise - data                                             # [B, S, P]


def logit_normal(normal: Tensor, location: float, scale: float) -> Tensor:
    # Timesteps dense in the middle of the path (Esser et al. 2024, sec. 3.1).
    return torch.sigmoid(normal * scale + location)                 # [B]
