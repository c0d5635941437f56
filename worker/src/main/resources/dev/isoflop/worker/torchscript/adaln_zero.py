# adaLN-Zero (Peebles and Xie 2023, sec. 3.2): image tokens alone in the sequence; time and caption shift,
# scale and gate each block. The gates start at zero, so that every block starts as the identity.
#   B batch, S image tokens, T text tokens, W width, P values of a patch, E text features
from typing import List

import torch
import torch.nn.functional as F
from torch import Tensor

import embeddings
import layers


def velocity(weights: List[Tensor], vectors: List[Tensor], positions: Tensor, noisy: Tensor,
             text: Tensor, time: Tensor, head_dimension: int, bfloat16: bool, fused: bool) -> Tensor:
    # noisy [B, S, P], text [B, T, E], time [B]; weights and vectors in the order of the inventory
    image_weight, text_weight, time_in_weight, time_out_weight, norm_weight, head_weight = weights[:6]
    image_bias, text_bias, time_in_bias, time_out_bias, norm_bias, head_bias = vectors[:6]
    S = noisy.size(1)
    x = layers.linear(noisy, image_weight, image_bias, False) + positions[:S]  # [B, S, W]
    clock = embeddings.clock(time, time_in_weight, time_in_bias, time_out_weight, time_out_bias)
    caption = layers.linear(text.mean(1), text_weight, text_bias, False)       # [B, W]
    condition = F.silu(clock + caption)                             # [B, W]

    for i in range((len(weights) - 6) // 5):
        x = block(x, condition, weights[6 + 5 * i:11 + 5 * i], vectors[6 + 5 * i:11 + 5 * i],
                  head_dimension, bfloat16, fused)

    shift, scale = layers.linear(condition, norm_weight, norm_bias, False).unsqueeze(1).chunk(2, -1)
    return layers.linear(layers.modulated_norm(x, shift, scale), head_weight, head_bias, False)


def block(x: Tensor, condition: Tensor, weights: List[Tensor], vectors: List[Tensor],
          head_dimension: int, bfloat16: bool, fused: bool) -> Tensor:
    modulation_weight, qkv_weight, out_weight, up_weight, down_weight = weights
    modulation_bias, qkv_bias, out_bias, up_bias, down_bias = vectors
    modulation = layers.linear(condition, modulation_weight, modulation_bias, bfloat16).to(x.dtype)
    shift1, scale1, gate1, shift2, scale2, gate2 = modulation.unsqueeze(1).chunk(6, -1)  # each [B, 1, W]
    x = x + gate1 * layers.self_attention(layers.modulated_norm(x, shift1, scale1), qkv_weight, qkv_bias,
                                          out_weight, out_bias, head_dimension, bfloat16, fused)
    return x + gate2 * layers.feed_forward(layers.modulated_norm(x, shift2, scale2), up_weight, up_bias,
                                           down_weight, down_bias, bfloat16)
