# Prepares images for an extractor of features.
from typing import List

import torch
from torch import Tensor


class FeaturePixels(torch.nn.Module):
    def prepare(self, image: Tensor, size: int, bicubic: bool, divisor: float, offset: float, mean: List[float],
                std: List[float]) -> Tensor:
        # image [B, 3, height, width] in 0 ... 255. A size of 0 leaves the edges as they are, empty lists the colours.
        # Both filters are antialiased; bicubic's constant is -0.5, as in Pillow.
        torch.set_grad_enabled(False)
        x = image
        if size > 0:
            if bicubic:
                x = torch._upsample_bicubic2d_aa(x, [size, size], False, None, None)
            else:
                x = torch._upsample_bilinear2d_aa(x, [size, size], False, None, None)
        x = x / divisor - offset
        if len(mean) > 0:
            x = x - torch.tensor(mean, dtype=x.dtype, device=x.device).reshape([1, 3, 1, 1])
        if len(std) > 0:
            x = x / torch.tensor(std, dtype=x.dtype, device=x.device).reshape([1, 3, 1, 1])
        return x                                                    # [B, 3, size, size]
