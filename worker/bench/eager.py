#!/usr/bin/env python3
"""The in-context model and its training step in plain eager PyTorch, as people write it: what the
worker's step is measured against. Started by EagerBench, which runs both in turn in one run.

Reads a configuration as JSON in its first line, then a number of steps a line (or 'product'), and
answers each line with seconds a step (or the rate of a large matrix product, FLOP/s)."""
import json
import math
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    def __init__(self, width, head_dimension):
        super().__init__()
        self.head_dimension = head_dimension
        self.norm1 = nn.LayerNorm(width, eps=1e-6)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-6)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)

    def forward(self, x):
        B, L, W = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(B, L, 3, -1, self.head_dimension).permute(2, 0, 3, 1, 4)
        x = x + self.out(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(B, L, W))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class InContext(nn.Module):
    def __init__(self, layers, width, head_dimension, patch_values, image_tokens, text_tokens, text_width):
        super().__init__()
        self.image = nn.Linear(patch_values, width)
        self.text = nn.Linear(text_width, width)
        self.time = nn.Sequential(nn.Linear(256, width), nn.SiLU(), nn.Linear(width, width))
        self.register_buffer("positions", torch.randn(image_tokens + text_tokens, width))
        self.blocks = nn.ModuleList(Block(width, head_dimension) for _ in range(layers))
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.head = nn.Linear(width, patch_values)

    def forward(self, noisy, text, time):
        tokens = noisy.shape[1]
        frequencies = torch.exp(torch.arange(128) / 128 * -math.log(10000))
        angle = time[:, None] * 1000 * frequencies
        clock = self.time(torch.cat([angle.cos(), angle.sin()], -1))
        x = torch.cat([self.image(noisy), self.text(text)], 1) + self.positions
        x = torch.cat([x, clock[:, None]], 1)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x[:, :tokens]))


def patchify(image, size):
    B, C, H, W = image.shape
    grid = image.view(B, C, H // size, size, W // size, size)
    return grid.permute(0, 2, 4, 1, 3, 5).reshape(B, -1, C * size * size)


class Training:
    def __init__(self, c):
        torch.manual_seed(0)
        edge = c["imageSize"] // c["patchSize"]
        self.model = InContext(c["layers"], c["width"], c["headDimension"], c["patchSize"] ** 2 * c["channels"],
                               edge * edge, c["textTokens"], c["textWidth"])
        decayed = [p for p in self.model.parameters() if p.dim() > 1]
        others = [p for p in self.model.parameters() if p.dim() <= 1]
        self.optimizer = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}],
            lr=1e-3, betas=(0.9, 0.95), eps=1e-8, fused=True)
        self.parameters = list(self.model.parameters())
        self.average = [p.detach().clone() for p in self.parameters]
        self.patch = c["patchSize"]
        self.half = c["bfloat16"]
        self.image = torch.randn(c["batch"], c["channels"], c["imageSize"], c["imageSize"])
        self.text = torch.randn(c["batch"], c["textTokens"], c["textWidth"])

    def step(self):
        data = patchify(self.image, self.patch)
        noise = torch.randn_like(data)
        time = torch.sigmoid(torch.randn(data.shape[0]))
        text = self.text * (torch.rand(self.text.shape[0], 1, 1) >= 0.1)
        noisy = torch.lerp(data, noise, time[:, None, None])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.half):
            velocity = self.model(noisy, text, time)
        loss = F.mse_loss(velocity.float(), noise - data)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(self.average, self.parameters, 0.01)
        return loss.item()


def product(half, size=1024, repeats=6):
    dtype = torch.bfloat16 if half else torch.float32
    a, b = torch.randn(size, size).to(dtype), torch.randn(size, size).to(dtype)
    a @ b
    began = time.perf_counter()
    for _ in range(repeats):
        a @ b
    return 2 * size ** 3 * repeats / (time.perf_counter() - began)


def main():
    configuration = json.loads(sys.stdin.readline())
    torch.set_num_threads(configuration["threads"])
    training = Training(configuration)
    print(torch.__version__, flush=True)
    for line in sys.stdin:
        if line.strip() == "product":
            print(product(configuration["bfloat16"]), flush=True)
        else:
            steps = int(line)
            began = time.perf_counter()
            for _ in range(steps):
                training.step()
            print((time.perf_counter() - began) / steps, flush=True)


if __name__ == "__main__":
    main()
