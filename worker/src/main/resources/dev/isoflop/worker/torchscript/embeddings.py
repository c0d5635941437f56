# From pictures, captions and times to tokens, and back to the layout of patches.
#   B batch, C channels, S image tokens, P values of a patch (channels x size x size), W width
import torch
import torch.nn.functional as F
from torch import Tensor


def patchify(image: Tensor, size: int) -> Tensor:
    # Splits a picture into squares, row by row. Every loss and target is taken in this layout.
    B, C, height, width = image.size()                              # image [B, C, height, width]
    grid = image.view([B, C, height // size, size, width // size, size])
    return grid.permute([0, 2, 4, 1, 3, 5]).reshape([B, -1, C * size * size])  # [B, S, P]


def unpatchify(patches: Tensor, size: int, height: int, width: int) -> Tensor:
    B = patches.size(0)                                             # patches [B, S, P]
    grid = patches.view([B, height // size, width // size, -1, size, size])
    return grid.permute([0, 3, 1, 4, 2, 5]).reshape([B, -1, height, width])


def sinusoid(position: Tensor, features: int) -> Tensor:
    # Cosines, then sines, of geometric frequencies 1 ... 1/10000 (Vaswani et al. 2017, sec. 3.5).
    half = features // 2
    exponent = torch.arange(half, device=position.device) / float(half)
    angle = position.unsqueeze(-1) * torch.exp(exponent * -9.210340371976184)  # -ln(10000)
    return torch.cat([torch.cos(angle), torch.sin(angle)], -1)      # [..., features]


def positions(rows: int, columns: int, text_tokens: int, width: int, like: Tensor) -> Tensor:
    # Half of the features tell the row of a patch, half its column; the text is numbered in one dimension.
    row = sinusoid(torch.arange(rows, device=like.device).to(like.dtype), width // 2)
    column = sinusoid(torch.arange(columns, device=like.device).to(like.dtype), width // 2)
    grid = torch.cat([row.unsqueeze(1).expand([rows, columns, -1]),
                      column.unsqueeze(0).expand([rows, columns, -1])], -1)
    text = sinusoid(torch.arange(text_tokens, device=like.device).to(like.dtype), width)
    return torch.cat([grid.reshape([rows * columns, -1]), text], 0)  # [S + text_tokens, width]


def time_features(time: Tensor, features: int) -> Tensor:
    # Times lie in [0, 1]; the factor spreads them over the frequencies as diffusion steps 0 ... 1000.
    return sinusoid(time * 1000.0, features)                        # [B, features]


def time_embedding(time: Tensor, in_weight: Tensor, in_bias: Tensor, out_weight: Tensor, out_bias: Tensor) -> Tensor:
    # The timestep embedding of DiT: a sinusoid through a two-layer MLP.
    waves = time_features(time, in_weight.size(1))                  # [B, 256]
    return F.linear(F.silu(F.linear(waves, in_weight, in_bias)), out_weight, out_bias)  # [B, W]
