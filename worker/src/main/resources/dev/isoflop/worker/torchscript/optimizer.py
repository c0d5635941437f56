# AdamW (Loshchilov and Hutter 2019), clipping by the global norm, and the moving average of weights,
# on all parameters at once: they are views into one flat tensor, matrices first.
from typing import List

import torch
from torch import Tensor


def flatten(gradients: List[Tensor]) -> Tensor:
    rows: List[Tensor] = []
    for gradient in gradients:
        rows.append(gradient.reshape([-1]))
    return torch.cat(rows)


def clip(gradient: Tensor, limit: float) -> Tensor:
    # Scales in place as torch.nn.utils.clip_grad_norm_ does; returns the norm before.
    norm = torch.norm(gradient)
    gradient.mul_(torch.clamp(limit / (norm + 1e-6), max=1.0))
    return norm


def adamw(parameters: Tensor, gradient: Tensor, first: Tensor, second: Tensor, step: int, rate: float,
          beta1: float, beta2: float, epsilon: float, decay: float) -> None:
    torch._fused_adamw_([parameters], [gradient], [first], [second], [],
                        [parameters.new_full([], float(step))], lr=rate, beta1=beta1, beta2=beta2,
                        weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)


def average(averaged: Tensor, parameters: Tensor, decay: float) -> None:
    averaged.lerp_(parameters, 1.0 - decay)
