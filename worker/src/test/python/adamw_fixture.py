"""Records what torch.optim.AdamW does to a matrix and a vector over ten steps.

    python adamw_fixture.py > ../resources/dev/isoflop/worker/model/adamw.csv

Written with torch 2.7.1 on a CPU. Only the matrix decays; gradients are clipped by clip_grad_norm_ before
each step, some of them by much, and an average of the weights follows with a decay that changes. Numbers are
the bits of FP32 in hexadecimal: nothing is lost in printing.
"""
import struct

import torch

STEPS = 10
CLIP = 1.0


def bits(value: float) -> str:
    return struct.pack(">f", value).hex()


def made_up(count: int, step: int) -> torch.Tensor:
    # Of several magnitudes, both signs, some of them zero.
    rows = [((7 * i * i + 13 * step + 3 * i * step) % 17 - 8) / 16 * 10.0 ** ((i + step) % 4 - 2) for i in range(count)]
    return torch.tensor(rows)


matrix = torch.nn.Parameter(made_up(12, 100).reshape(3, 4))
vector = torch.nn.Parameter(made_up(5, 101))
average = torch.cat([matrix.detach().flatten(), vector.detach()])
optimizer = torch.optim.AdamW(
    [{"params": [matrix], "weight_decay": 0.1}, {"params": [vector], "weight_decay": 0.0}],
    lr=0.0, betas=(0.9, 0.95), eps=1e-8)


def flat(tensors) -> torch.Tensor:
    return torch.cat([tensor.detach().flatten() for tensor in tensors])


def row(name: str, step: int, values) -> None:
    print(",".join([name, str(step)] + [bits(float(value)) for value in values]))


print(f"# torch {torch.__version__}, made by {__file__.rsplit('/', 1)[-1]}")
row("parameters", 0, flat([matrix, vector]))
for step in range(1, STEPS + 1):
    scale = 0.05 if step % 3 == 0 else 1.0  # small enough not to be clipped
    matrix.grad = made_up(12, step).reshape(3, 4) * scale
    vector.grad = made_up(5, step + 50) * scale
    row("gradient", step, flat([matrix.grad, vector.grad]))
    norm = torch.nn.utils.clip_grad_norm_([matrix, vector], CLIP)
    for group in optimizer.param_groups:
        group["lr"] = 0.01 / step
    optimizer.step()
    average.lerp_(flat([matrix, vector]), 1.0 - (1.0 + step) / (10.0 + step))
    row("norm", step, [norm])
    row("parameters", step, flat([matrix, vector]))
    row("first_moment", step, flat([optimizer.state[p]["exp_avg"] for p in (matrix, vector)]))
    row("second_moment", step, flat([optimizer.state[p]["exp_avg_sq"] for p in (matrix, vector)]))
    row("average", step, average)
