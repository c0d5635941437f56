# Lists of gradients, as torch.autograd.grad takes and gives them: nothing where an input was not used.
from typing import List, Optional

import torch
from torch import Tensor


def leaves(tensors: List[Tensor]) -> List[Tensor]:
    # The same values, from which a new graph starts.
    rows: List[Tensor] = []
    for tensor in tensors:
        rows.append(tensor.detach().requires_grad_())
    return rows


def present(gradients: List[Optional[Tensor]]) -> List[Tensor]:
    rows: List[Tensor] = []
    for gradient in gradients:
        if gradient is not None:
            rows.append(gradient)
    return rows


def added(ones: List[Optional[Tensor]], others: List[Optional[Tensor]]) -> List[Optional[Tensor]]:
    # In the order in which a backward pass meets them: sums then have the same bits.
    rows: List[Optional[Tensor]] = []
    for i in range(len(ones)):
        one = ones[i]
        other = others[i]
        if one is None:
            rows.append(other)
        elif other is None:
            rows.append(one)
        else:
            rows.append(one + other)
    return rows


def flatten(gradients: List[Tensor]) -> Tensor:
    rows: List[Tensor] = []
    for gradient in gradients:
        rows.append(gradient.reshape([-1]))
    return torch.cat(rows)


def accumulate(total: Tensor, gradients: List[Tensor]) -> None:
    # Onto a flat tensor, row by row: no second flat tensor is made.
    start = 0
    for gradient in gradients:
        end = start + gradient.numel()
        total[start:end].add_(gradient.reshape([-1]))
        start = end
