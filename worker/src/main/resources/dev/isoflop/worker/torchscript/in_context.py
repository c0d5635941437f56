# In-context Transformer: image, text and time tokens in one sequence, pre-norm blocks, no modulation.
#   B batch, S image tokens, T text tokens, L = S + T + 1, W width, P values of a patch, E text features
from typing import List

import torch
from torch import Tensor

import embeddings
import layers


def layout() -> List[int]:
    # Weights and vectors outside the blocks, then weights and vectors of each block.
    return [5, 7, 4, 8]


def embed(weights: List[Tensor], vectors: List[Tensor], positions: Tensor, noisy: Tensor,
          text: Tensor, time: Tensor) -> List[Tensor]:
    # noisy [B, S, P], text [B, T, E], time [B]; weights and vectors in the order of the inventory
    image_weight, text_weight, time_in_weight, time_out_weight, head_weight = weights
    image_bias, text_bias, time_in_bias, time_out_bias, norm_gain, norm_bias, head_bias = vectors
    image = layers.linear(noisy, image_weight, image_bias, False)   # [B, S, W]
    caption = layers.linear(text, text_weight, text_bias, False)    # [B, T, W]
    time_embedding = embeddings.time_embedding(time, time_in_weight, time_in_bias, time_out_weight, time_out_bias)
    return [torch.cat([torch.cat([image, caption], 1) + positions, time_embedding.unsqueeze(1)], 1)]  # [B, L, W]


def block(x: Tensor, context: List[Tensor], weights: List[Tensor], vectors: List[Tensor],
          head_dimension: int, bfloat16: bool, fused: bool) -> Tensor:
    # The whole context is in the sequence.
    qkv_weight, out_weight, up_weight, down_weight = weights
    norm1_gain, norm1_bias, qkv_bias, out_bias, norm2_gain, norm2_bias, up_bias, down_bias = vectors
    x = x + layers.self_attention(layers.layer_norm(x, norm1_gain, norm1_bias), qkv_weight, qkv_bias,
                                  out_weight, out_bias, head_dimension, bfloat16, fused)
    return x + layers.feed_forward(layers.layer_norm(x, norm2_gain, norm2_bias), up_weight, up_bias,
                                   down_weight, down_bias, bfloat16)


def head(x: Tensor, context: List[Tensor], weights: List[Tensor], vectors: List[Tensor], S: int) -> Tensor:
    norm_gain, norm_bias, head_bias = vectors[4:]
    x = layers.layer_norm(x[:, :S], norm_gain, norm_bias)
    return layers.linear(x, weights[4], head_bias, False)           # [B, S, P]
