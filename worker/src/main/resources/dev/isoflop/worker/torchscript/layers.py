# The layers that every architecture shares. Weights are arguments: the state lives with the caller.
#   B batch, L sequence, W width, H heads, K head dimension
from typing import List

import torch
import torch.nn.functional as F
from torch import Tensor


def linear(x: Tensor, weight: Tensor, bias: Tensor, bfloat16: bool) -> Tensor:
    # The master weights stay in FP32; in BF16 only the product is computed in it.
    if bfloat16:
        half = torch.bfloat16
        return F.linear(x.to(half), weight.to(half), bias.to(half))
    return F.linear(x, weight, bias)


def layer_norm(x: Tensor, gain: Tensor, bias: Tensor) -> Tensor:
    return F.layer_norm(x, [x.size(-1)], gain, bias, 1e-6)


def modulated_norm(x: Tensor, shift: Tensor, scale: Tensor) -> Tensor:
    # The gain and bias come from outside, one for each example.     shift, scale [B, 1, W]
    return F.layer_norm(x, [x.size(-1)], None, None, 1e-6) * (1.0 + scale) + shift


def heads(x: Tensor, head_dimension: int) -> Tensor:
    return x.unflatten(-1, [-1, head_dimension]).transpose(1, 2)    # [B, H, L, K]


def attention(q: Tensor, k: Tensor, v: Tensor, fused: bool) -> Tensor:
    # q, k, v                                                       [B, H, L, K]
    if fused:
        return F.scaled_dot_product_attention(q, k, v)
    scores = torch.matmul(q * q.size(-1) ** -0.5, k.transpose(-2, -1))  # [B, H, L, L]
    return torch.matmul(torch.softmax(scores, -1), v)


def self_attention(x: Tensor, qkv_weight: Tensor, qkv_bias: Tensor, out_weight: Tensor,
                   out_bias: Tensor, head_dimension: int, bfloat16: bool, fused: bool) -> Tensor:
    B = x.size(0)
    L = x.size(1)
    q, k, v = linear(x, qkv_weight, qkv_bias, bfloat16).chunk(3, -1)  # each [B, L, W]
    mixed = attention(heads(q, head_dimension), heads(k, head_dimension), heads(v, head_dimension),
                      fused).transpose(1, 2)                        # [B, L, H, K]
    return linear(mixed.reshape([B, L, -1]), out_weight, out_bias, bfloat16)  # [B, L, W]


def cross_attention(x: Tensor, source: Tensor, query_weight: Tensor, query_bias: Tensor,
                    kv_weight: Tensor, kv_bias: Tensor, out_weight: Tensor, out_bias: Tensor,
                    head_dimension: int, bfloat16: bool, fused: bool) -> Tensor:
    B = x.size(0)
    L = x.size(1)
    q = linear(x, query_weight, query_bias, bfloat16)               # [B, L, W]
    k, v = linear(source, kv_weight, kv_bias, bfloat16).chunk(2, -1)  # each [B, T, W], source [B, T, W]
    mixed = attention(heads(q, head_dimension), heads(k, head_dimension), heads(v, head_dimension),
                      fused).transpose(1, 2)                        # [B, L, H, K]
    return linear(mixed.reshape([B, L, -1]), out_weight, out_bias, bfloat16)  # [B, L, W]


def feed_forward(x: Tensor, up_weight: Tensor, up_bias: Tensor, down_weight: Tensor,
                 down_bias: Tensor, bfloat16: bool) -> Tensor:
    hidden = F.gelu(linear(x, up_weight, up_bias, bfloat16))        # [B, L, 4W]
    return linear(hidden, down_weight, down_bias, bfloat16)         # [B, L, W]
