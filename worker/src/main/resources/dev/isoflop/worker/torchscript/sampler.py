# Sampling: the learned velocity followed from noise (t = 1) to data (t = 0).
#   B batch, S image tokens, T text tokens, P values of a patch, E text features
from typing import List

import torch
from torch import Tensor

import transformer


def guided(weights: List[Tensor], vectors: List[Tensor], positions: Tensor, noisy: Tensor, text: Tensor,
           time: Tensor, guidance: float, head_dimension: int, bfloat16: bool, fused: bool) -> Tensor:
    # Classifier-free guidance (Ho and Salimans 2022): v_empty + guidance (v_caption - v_empty), where the
    # empty caption is all zeros, as in training. Scales 0 and 1 need one of the two alone.
    if guidance == 1.0:
        return transformer.velocity(weights, vectors, positions, noisy, text, time,
                                    head_dimension, bfloat16, fused)
    empty = torch.zeros_like(text)                                  # [B, T, E]
    if guidance == 0.0:
        return transformer.velocity(weights, vectors, positions, noisy, empty, time,
                                    head_dimension, bfloat16, fused)
    both = transformer.velocity(weights, vectors, positions, torch.cat([noisy, noisy]),
                                torch.cat([empty, text]), torch.cat([time, time]),
                                head_dimension, bfloat16, fused)    # [2B, S, P]
    v_empty, v_caption = both.chunk(2)
    return torch.lerp(v_empty, v_caption, guidance)


def follow(weights: List[Tensor], vectors: List[Tensor], positions: Tensor, start: Tensor, text: Tensor,
           times: List[float], nodes: List[float], shares: List[float], guidance: float,
           head_dimension: int, bfloat16: bool, fused: bool) -> Tensor:
    # Each step goes from one of the times to the next. Its stages stand at the nodes (shares of the step),
    # each reached along the slope of the stage before; the step goes along their weighted mean.
    x = start                                                       # [B, S, P]
    for i in range(len(times) - 1):
        step = times[i + 1] - times[i]
        mean = torch.zeros_like(x)
        slope = mean
        for k in range(len(nodes)):
            time = torch.full([x.size(0)], times[i] + step * nodes[k], dtype=x.dtype, device=x.device)
            slope = guided(weights, vectors, positions, x + slope * (step * nodes[k]), text, time,
                           guidance, head_dimension, bfloat16, fused)
            mean = mean + slope * shares[k]
        x = x + mean * step
    return x
