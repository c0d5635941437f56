# Random numbers from a seed that names their purpose: nothing is carried from step to step,
# so a resumed run draws what an undisturbed one would have drawn. Each draw seeds the generators of
# the process, since TorchScript can make none of its own for a GPU; a worker draws on one thread.
from typing import List

import torch
from torch import Tensor


def normal(shape: List[int], seed: int, like: Tensor) -> Tensor:
    torch.manual_seed(seed)
    return torch.randn(shape, dtype=like.dtype, device=like.device)


def uniform(shape: List[int], seed: int, like: Tensor) -> Tensor:
    torch.manual_seed(seed)
    return torch.rand(shape, dtype=like.dtype, device=like.device)


def normal_each(shape: List[int], seeds: List[int], like: Tensor) -> Tensor:
    # One seed an example: an example meets the same noise in every batch and in every model.
    rows: List[Tensor] = []
    for seed in seeds:
        rows.append(normal(shape, seed, like))
    return torch.stack(rows)                                        # [B, *shape]


def on_cpu(like: Tensor) -> Tensor:
    # For numbers that must not depend on the device: generators of CPU and GPU differ.
    return like[:0].cpu()
