# What one trial asks of its model: steps of training, and on evaluation data losses, samples, likelihoods.
from typing import List, Tuple

import torch
from torch import Tensor

import embeddings
import gradients
import layers
import likelihood
import noise
import optimizer
import rectified_flow
import sampler
import transformer


class Trial(torch.nn.Module):
    patch_size: int
    head_dimension: int
    bfloat16: bool
    fused_attention: bool
    time_location: float
    time_scale: float
    caption_dropout: float
    beta1: float
    beta2: float
    epsilon: float
    weight_decay: float
    gradient_clip: float
    micro_batch: int
    activation_checkpointing: bool

    def velocity(self, weights: List[Tensor], vectors: List[Tensor], positions: Tensor, noisy: Tensor,
                 text: Tensor, time: Tensor) -> Tensor:
        # In the layout of patches: noisy and result [B, S, P].
        return transformer.velocity(weights, vectors, positions, noisy, text, time,
                                    self.head_dimension, self.bfloat16, self.fused_attention)

    def portion(self, weights: List[Tensor], vectors: List[Tensor], positions: Tensor, noisy: Tensor,
                text: Tensor, time: Tensor, target: Tensor, share: float) -> Tuple[Tensor, List[Tensor]]:
        # What some examples add to the loss of a batch, share of which they are, and to its gradient.
        if self.activation_checkpointing:
            return transformer.recomputed_loss_and_gradient(weights, vectors, positions, noisy, text, time,
                                                            target, share, self.head_dimension,
                                                            self.bfloat16, self.fused_attention)
        return transformer.loss_and_gradient(weights, vectors, positions, noisy, text, time, target, share,
                                             self.head_dimension, self.bfloat16, self.fused_attention)

    def loss_and_gradient(self, weights: List[Tensor], vectors: List[Tensor], positions: Tensor, image: Tensor,
                          text: Tensor, seeds: List[int]) -> Tuple[Tensor, Tensor]:
        # Mean over examples and elements, gradient flat. image [B, C, height, width] in -1 ... 1, text [B, T, E].
        # All of the batch's noise is drawn at once: portions of any size see the same.
        noise_seed, time_seed, dropout_seed = seeds
        data = embeddings.patchify(image, self.patch_size)          # [B, S, P]
        eps = noise.normal(data.size(), noise_seed, data)           # [B, S, P]
        time = rectified_flow.logit_normal(noise.normal([data.size(0)], time_seed, data),
                                           self.time_location, self.time_scale)  # [B]
        if self.caption_dropout > 0.0:
            kept = noise.uniform([text.size(0), 1, 1], dropout_seed, text) >= self.caption_dropout
            text = text * kept                                      # an empty caption is all zeros
        noisy = rectified_flow.point(data, eps, time)
        target = rectified_flow.target(data, eps)
        B = data.size(0)
        n = min(self.micro_batch, B) if self.micro_batch > 0 else B
        loss, rows = self.portion(weights, vectors, positions, noisy[:n], text[:n], time[:n], target[:n], n / B)
        gradient = gradients.flatten(rows)
        for start in range(n, B, n):
            end = min(start + n, B)
            part, rows = self.portion(weights, vectors, positions, noisy[start:end], text[start:end],
                                      time[start:end], target[start:end], (end - start) / B)
            loss = loss + part
            gradients.accumulate(gradient, rows)
        return loss, gradient

    def train_step(self, weights: List[Tensor], vectors: List[Tensor], decayed: int,
                   parameters: List[Tensor], first: List[Tensor], second: List[Tensor],
                   average: List[Tensor], positions: Tensor, image: Tensor, text: Tensor,
                   seeds: List[int], step: int, rate: float, average_decay: float) -> Tensor:
        # One step of training, in place. Returns the loss and the gradient's norm before clipping [2].
        torch.set_grad_enabled(False)
        loss, gradient = self.loss_and_gradient(weights, vectors, positions, image, text, seeds)
        norm = optimizer.clip(gradient, self.gradient_clip)
        optimizer.adamw(parameters, gradient, first, second, decayed, step, rate, self.beta1,
                        self.beta2, self.epsilon, self.weight_decay)
        optimizer.average(average[0], parameters[0], average_decay)
        return torch.stack([loss, norm])

    def losses(self, weights: List[Tensor], vectors: List[Tensor], positions: Tensor, image: Tensor,
               text: Tensor, time: Tensor, seeds: List[int]) -> Tensor:
        # Mean over elements for each example at the given time, with the noise of its own seed [B].
        torch.set_grad_enabled(False)
        data = embeddings.patchify(image, self.patch_size)          # [B, S, P]
        eps = noise.normal_each(data.size()[1:], seeds, data)       # [B, S, P]
        v = self.velocity(weights, vectors, positions, rectified_flow.point(data, eps, time), text, time)
        return (v - rectified_flow.target(data, eps)).square().mean([1, 2])

    def sample(self, weights: List[Tensor], vectors: List[Tensor], positions: Tensor, text: Tensor,
               picture: List[int], seeds: List[int], times: List[float], nodes: List[float],
               shares: List[float], guidance: float) -> Tensor:
        # Pictures [B, C, height, width] for captions [B, T, E], each from the noise of its own seed.
        torch.set_grad_enabled(False)
        eps = noise.normal_each(picture, seeds, text)               # [B, C, height, width]
        x = sampler.follow(weights, vectors, positions, embeddings.patchify(eps, self.patch_size), text,
                           times, nodes, shares, guidance, self.head_dimension, self.bfloat16,
                           self.fused_attention)
        return embeddings.unpatchify(x, self.patch_size, picture[1], picture[2])

    def negative_log_density(self, weights: List[Tensor], vectors: List[Tensor], positions: Tensor,
                             image: Tensor, text: Tensor, level_width: float, level_seeds: List[int],
                             probe_seeds: List[int], times: List[float], nodes: List[float],
                             shares: List[float]) -> Tensor:
        # Of each picture under its caption, in nats [B]. Levels are spread out if they have a width; without
        # seeds for probes the trace is exact.
        torch.set_grad_enabled(False)
        if level_width > 0.0:
            image = likelihood.dequantised(image, level_width, level_seeds)
        data = embeddings.patchify(image, self.patch_size)          # [B, S, P]
        directions = likelihood.probes(data, probe_seeds)
        return likelihood.negative_log_density(weights, vectors, positions, data, text, directions, times,
                                               nodes, shares, self.head_dimension, self.bfloat16,
                                               self.fused_attention)

    def positions(self, rows: int, columns: int, text_tokens: int, width: int, like: Tensor) -> Tensor:
        return embeddings.positions(rows, columns, text_tokens, width, like)

    def multiply(self, size: int, like: Tensor) -> Tensor:
        # One product in the precision of the trial, for its speed; an element of it shows that it is done [1].
        row = torch.arange(size, device=like.device).to(like.dtype) / size
        square = row.unsqueeze(0) * row.unsqueeze(1)                # [size, size]
        return layers.linear(square, square, row, self.bfloat16)[0, :1].to(like.dtype)

    # Below, a flat tensor comes as a list of one, as train_step takes it.
    def copy(self, flat: List[Tensor], start: int, values: Tensor) -> None:
        flat[0][start:start + values.size(0)].copy_(values)

    def start_constant(self, flat: List[Tensor], start: int, size: int, value: float) -> None:
        flat[0][start:start + size].fill_(value)

    def start_uniform(self, flat: List[Tensor], start: int, size: int, bound: float, seed: int) -> None:
        flat[0][start:start + size].copy_(noise.uniform([size], seed, noise.on_cpu(flat[0])) * (2.0 * bound) - bound)

    def start_normal(self, flat: List[Tensor], start: int, size: int, deviation: float, seed: int) -> None:
        flat[0][start:start + size].copy_(noise.normal([size], seed, noise.on_cpu(flat[0])) * deviation)
