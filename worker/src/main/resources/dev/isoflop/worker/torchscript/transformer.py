# A model from end to end, and the gradient of its loss. The architecture is whichever file the trial was
# packed with; each gives embed, block and head, and layout, which says where their parameters stand.
#   B batch, S image tokens, T text tokens, L sequence, W width, P values of a patch, E text features
from typing import List, Tuple

import torch
from torch import Tensor

import architecture
import gradients


def of_block(i: int, rows: List[Tensor], outside: int, each: int) -> List[Tensor]:
    return rows[outside + i * each:outside + (i + 1) * each]


def velocity(weights: List[Tensor], vectors: List[Tensor], positions: Tensor, noisy: Tensor,
             text: Tensor, time: Tensor, head_dimension: int, bfloat16: bool, fused: bool) -> Tensor:
    # noisy [B, S, P], text [B, T, E], time [B]; weights and vectors in the order of the inventory
    w, v, w_each, v_each = architecture.layout()
    stream = architecture.embed(weights[:w], vectors[:v], positions, noisy, text, time)
    x = stream[0]                                                   # [B, L, W]
    for i in range((len(weights) - w) // w_each):
        x = architecture.block(x, stream[1:], of_block(i, weights, w, w_each), of_block(i, vectors, v, v_each),
                               head_dimension, bfloat16, fused)
    return architecture.head(x, stream[1:], weights[:w], vectors[:v], noisy.size(1))  # [B, S, P]


def loss_and_gradient(weights: List[Tensor], vectors: List[Tensor], positions: Tensor, noisy: Tensor,
                      text: Tensor, time: Tensor, target: Tensor, share: float, head_dimension: int,
                      bfloat16: bool, fused: bool) -> Tuple[Tensor, List[Tensor]]:
    # Share times the mean squared error, and its gradient in the order weights, vectors.
    torch.set_grad_enabled(True)
    estimate = velocity(weights, vectors, positions, noisy, text, time, head_dimension, bfloat16, fused)
    loss = torch.mse_loss(estimate, target) * share
    rows = gradients.present(torch.autograd.grad([loss], weights + vectors))
    torch.set_grad_enabled(False)
    return loss.detach(), rows


def recomputed_loss_and_gradient(weights: List[Tensor], vectors: List[Tensor], positions: Tensor,
                                 noisy: Tensor, text: Tensor, time: Tensor, target: Tensor, share: float,
                                 head_dimension: int, bfloat16: bool,
                                 fused: bool) -> Tuple[Tensor, List[Tensor]]:
    # The same numbers in less memory (Chen et al. 2016): forward keeps each block's input alone; backward
    # goes from head to embedding and computes each part again, now with what its gradient needs.
    w, v, w_each, v_each = architecture.layout()
    outside = weights[:w] + vectors[:v]
    blocks = (len(weights) - w) // w_each
    stream = architecture.embed(weights[:w], vectors[:v], positions, noisy, text, time)
    context = gradients.leaves(stream[1:])
    inputs = [stream[0]]                                            # of the blocks, then of the head
    for i in range(blocks):
        inputs.append(architecture.block(inputs[-1], context, of_block(i, weights, w, w_each),
                                         of_block(i, vectors, v, v_each), head_dimension, bfloat16, fused))

    torch.set_grad_enabled(True)
    x = gradients.leaves([inputs.pop()])
    estimate = architecture.head(x[0], context, weights[:w], vectors[:v], noisy.size(1))
    loss = torch.mse_loss(estimate, target) * share
    rows = torch.autograd.grad([loss], x + context + outside, allow_unused=True)
    to_stream = rows[:1 + len(context)]                             # gradients in x and in the context
    of_head = rows[1 + len(context):]

    block_weights: List[Tensor] = []
    block_vectors: List[Tensor] = []
    for k in range(blocks):
        i = blocks - 1 - k
        own = of_block(i, weights, w, w_each) + of_block(i, vectors, v, v_each)
        x = gradients.leaves([inputs.pop()])
        y = architecture.block(x[0], context, own[:w_each], own[w_each:], head_dimension, bfloat16, fused)
        rows = torch.autograd.grad([y], x + context + own, to_stream[:1], allow_unused=True)
        to_stream = rows[:1] + gradients.added(to_stream[1:], rows[1:1 + len(context)])
        of_own = gradients.present(rows[1 + len(context):])
        block_weights = of_own[:w_each] + block_weights
        block_vectors = of_own[w_each:] + block_vectors

    stream = architecture.embed(weights[:w], vectors[:v], positions, noisy, text, time)
    of_embedding = torch.autograd.grad(stream, outside, to_stream, allow_unused=True)
    torch.set_grad_enabled(False)
    of_outside = gradients.present(gradients.added(of_head, of_embedding))
    return loss.detach(), of_outside[:w] + block_weights + of_outside[w:] + block_vectors
