# In the place of an architecture: v = 2 cos(2 t) x, so that x_t = x_1 exp(sin 2t - sin 2). Unlike the flow of
# Gaussian data it has no symmetry that would make a solver better than its order.
from typing import List

import torch
from torch import Tensor


def layout() -> List[int]:
    return [5, 7, 4, 8]


def embed(weights: List[Tensor], vectors: List[Tensor], positions: Tensor, noisy: Tensor,
          text: Tensor, time: Tensor) -> List[Tensor]:
    return [noisy, time.view([-1, 1, 1])]


def block(x: Tensor, context: List[Tensor], weights: List[Tensor], vectors: List[Tensor],
          head_dimension: int, bfloat16: bool, fused: bool) -> Tensor:
    return x


def head(x: Tensor, context: List[Tensor], weights: List[Tensor], vectors: List[Tensor], S: int) -> Tensor:
    return 2.0 * torch.cos(2.0 * context[0]) * x
