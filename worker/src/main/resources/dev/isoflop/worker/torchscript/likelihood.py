# Exact likelihood (Chen et al. 2018; Grathwohl et al. 2019): along the flow dx/dt = v(x, t) the log-density
# changes by -div v, so following it from data (t = 0) to noise (t = 1), whose density is known, tells that of
# the data: log p(x_0) = log N(x_1; 0, I) + integral of div v.
#   B batch, S image tokens, P values of a patch, K probes
from typing import List, Optional, Tuple

import torch
from torch import Tensor

import noise
import transformer


def dequantised(image: Tensor, width: float, seeds: List[int]) -> Tensor:
    # Spreads each level evenly over the width that belongs to it; image [B, C, height, width].
    rows: List[Tensor] = []
    for i in range(image.size(0)):
        rows.append(image[i] + (noise.uniform(image.size()[1:], seeds[i], image) - 0.5) * width)
    return torch.stack(rows)


def probes(like: Tensor, seeds: List[int]) -> List[Tensor]:
    # Rademacher vectors (Hutchinson 1990): the mean of e . J e is the trace of J. One seed for each probe of
    # each example, probe by probe.                                 K times [B, S, P]
    B = like.size(0)
    directions: List[Tensor] = []
    for k in range(len(seeds) // B):
        rows: List[Tensor] = []
        for i in range(B):
            rows.append(torch.sign(noise.uniform(like.size()[1:], seeds[k * B + i], like) - 0.5))
        directions.append(torch.stack(rows))
    return directions


def velocity_and_trace(weights: List[Tensor], vectors: List[Tensor], positions: Tensor, noisy: Tensor,
                       text: Tensor, time: Tensor, directions: List[Tensor], head_dimension: int,
                       bfloat16: bool, fused: bool) -> Tuple[Tensor, Tensor]:
    # v [B, S, P], and its divergence [B]: the mean of e . (dv/dx) e over the directions, or without any the
    # exact sum of dv_k/dx_k over the elements k.
    torch.set_grad_enabled(True)
    x = noisy.detach().requires_grad_()
    v = transformer.velocity(weights, vectors, positions, x, text, time, head_dimension, bfloat16, fused)
    torch.set_grad_enabled(False)
    trace = torch.zeros_like(time)
    exact = len(directions) == 0
    passes = noisy[0].numel() if exact else len(directions)
    unit = torch.zeros_like(noisy)
    for k in range(passes):
        if exact:
            unit.zero_()
            unit.view([noisy.size(0), -1])[:, k].fill_(1.0)
        e = unit if exact else directions[k]
        of_v: List[Optional[Tensor]] = [e]
        product = torch.autograd.grad([v], [x], of_v, k + 1 < passes)[0]
        if product is not None:
            trace = trace + (product * e).sum([1, 2])
    return v.detach(), trace if exact else trace / float(passes)


def negative_log_density(weights: List[Tensor], vectors: List[Tensor], positions: Tensor, data: Tensor,
                         text: Tensor, directions: List[Tensor], times: List[float],
                         nodes: List[float], shares: List[float], head_dimension: int, bfloat16: bool,
                         fused: bool) -> Tensor:
    # Of each example in nats [B]. Steps and stages as in sampling.
    x = data                                                        # [B, S, P]
    divergence = torch.zeros_like(x[:, 0, 0])                       # [B]
    for i in range(len(times) - 1):
        step = times[i + 1] - times[i]
        mean = torch.zeros_like(x)
        slope = mean
        for k in range(len(nodes)):
            time = torch.full([x.size(0)], times[i] + step * nodes[k], dtype=x.dtype, device=x.device)
            slope, trace = velocity_and_trace(weights, vectors, positions, x + slope * (step * nodes[k]),
                                              text, time, directions, head_dimension, bfloat16, fused)
            mean = mean + slope * shares[k]
            divergence = divergence + trace * (step * shares[k])
        x = x + mean * step
    prior = 0.5 * (x.square() + 1.8378770664093453).sum([1, 2])     # ln(2 pi)
    return prior - divergence
