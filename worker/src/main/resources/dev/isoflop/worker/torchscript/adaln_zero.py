# adaLN-Zero (Peebles and Xie 2023, sec. 3.2): image tokens alone in the sequence; time and caption shift,
# scale and gate each block. The gates start at zero, so that every block starts as the identity.
#   B batch, S image tokens, T text tokens, W width, P values of a patch, E text features
from typing import List

import torch
import torch.nn.functional as F
from torch import Tensor

import embeddings
import layers


def layout() -> List[int]:
    # Weights and vectors outside the blocks, then weights and vectors of each block.
    return [6, 6, 5, 5]


def embed(weights: List[Tensor], vectors: List[Tensor], positions: Tensor, noisy: Tensor,
          text: Tensor, time: Tensor) -> List[Tensor]:
    # noisy [B, S, P], text [B, T, E], time [B]; weights and vectors in the order of the inventory
    image_weight, text_weight, time_in_weight, time_out_weight, norm_weight, head_weight = weights
    image_bias, text_bias, time_in_bias, time_out_bias, norm_bias, head_bias = vectors
    S = noisy.size(1)
    x = layers.linear(noisy, image_weight, image_bias, False) + positions[:S]  # [B, S, W]
    time_embedding = embeddings.time_embedding(time, time_in_weight, time_in_bias, time_out_weight, time_out_bias)
    caption = layers.linear(text.mean(1), text_weight, text_bias, False)       # [B, W]
    return [x, F.silu(time_embedding + caption)]                    # [B, S, W], [B, W]


def block(x: Tensor, context: List[Tensor], weights: List[Tensor], vectors: List[Tensor],
          head_dimension: int, bfloat16: bool, fused: bool) -> Tensor:
    modulation_weight, qkv_weight, out_weight, up_weight, down_weight = weights
    modulation_bias, qkv_bias, out_bias, up_bias, down_bias = vectors
    modulation = layers.linear(context[0], modulation_weight, modulation_bias, bfloat16).to(x.dtype)
    shift1, scale1, gate1, shift2, scale2, gate2 = modulation.unsqueeze(1).chunk(6, -1)  # each [B, 1, W]
    x = x + gate1 * layers.self_attention(layers.modulated_norm(x, shift1, scale1), qkv_weight, qkv_bias,
                                          out_weight, out_bias, head_dimension, bfloat16, fused)
    return x + gate2 * layers.feed_forward(layers.modulated_norm(x, shift2, scale2), up_weight, up_bias,
                                           down_weight, down_bias, bfloat16)


def head(x: Tensor, context: List[Tensor], weights: List[Tensor], vectors: List[Tensor], S: int) -> Tensor:
    norm_bias, head_bias = vectors[4:]
    shift, scale = layers.linear(context[0], weights[4], norm_bias, False).unsqueeze(1).chunk(2, -1)
    return layers.linear(layers.modulated_norm(x, shift, scale), weights[5], head_bias, False)  # [B, S, P]
