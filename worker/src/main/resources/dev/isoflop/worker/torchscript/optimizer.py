# AdamW (Loshchilov and Hutter 2019), clipping by the global norm, and the moving average of weights,
# on all parameters at once: they are views into one flat tensor, matrices first.
from typing import List

import torch
from torch import Tensor


def clip(gradient: Tensor, limit: float) -> Tensor:
    # Scales in place as torch.nn.utils.clip_grad_norm_ does, unless the limit is 0; returns the norm before.
    norm = torch.norm(gradient)
    if limit > 0.0:
        gradient.mul_(torch.clamp(limit / (norm + 1e-6), max=1.0))
    return norm


def adamw(parameters: List[Tensor], gradient: Tensor, first: List[Tensor], second: List[Tensor],
          decayed: int, step: int, rate: float, beta1: float, beta2: float, epsilon: float,
          decay: float) -> None:
    # Decay shrinks the matrices only: gains and biases have no scale to regularise. It comes first,
    # as in torch.optim.AdamW. Each list holds one flat tensor and must come from the caller: the
    # compiler takes a write to the elements of a list made here for one that nobody sees.
    parameters[0][:decayed].mul_(1.0 - rate * decay)
    torch._fused_adamw_(parameters, [gradient], first, second, [],
                        [gradient.new_full([], float(step))], lr=rate, beta1=beta1, beta2=beta2,
                        weight_decay=0.0, eps=epsilon, amsgrad=False, maximize=False)


def average(averaged: Tensor, parameters: Tensor, decay: float) -> None:
    averaged.lerp_(parameters, 1.0 - decay)
