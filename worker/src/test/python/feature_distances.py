"""Writes feature_distances.json: distances of two sets of features that integer formulas make.

Frechet distances come from pytorch-fid's own function, and from the singular values of the centred rows, which
are exact to rounding where covariances are singular. Kernel distances come from the definition, term by term.
Run: python feature_distances.py > ../resources/dev/isoflop/worker/evaluate/features/feature_distances.json
It needs numpy, scipy and pytorch-fid 0.3.0.
"""
import json

import numpy as np
from pytorch_fid.fid_score import calculate_frechet_distance


def rows(count, dimensions, kind):
    i = np.arange(count, dtype=np.int64)[:, None]
    j = np.arange(dimensions, dtype=np.int64)[None]
    if kind == "real":
        return ((i * i * 7 + j * 13 + i * j * 3) % 17) / 17
    if kind == "generated":
        return ((i * i * 5 + j * 11 + i * j * 2 + 3) % 19) / 19
    if kind == "scattered":  # a linear congruential generator's high bits: close to independent
        state = (i * dimensions + j + 1) * 2654435761 % 2**32
        return (state * 1103515245 + 12345) % 2**31 / 2**31 * (1 + j % 5)
    if kind == "far":
        return rows(count, dimensions, "scattered") * 0.5 + 1000
    raise ValueError(kind)


def frechet(x, y, ddof):
    return calculate_frechet_distance(x.mean(0), np.cov(x, rowvar=False, ddof=ddof),
                                      y.mean(0), np.cov(y, rowvar=False, ddof=ddof))


def exact_frechet(x, y, ddof):
    # With S1 = A'A and S2 = B'B, Tr sqrt(S1 S2) is the sum of the singular values of A B'.
    a = (x - x.mean(0)) / np.sqrt(len(x) - ddof)
    b = (y - y.mean(0)) / np.sqrt(len(y) - ddof)
    trace = np.linalg.svd(a @ b.T, compute_uv=False).sum()
    return ((x.mean(0) - y.mean(0)) ** 2).sum() + (a**2).sum() + (b**2).sum() - 2 * trace


def kernel(a, b):
    return (a @ b / len(a) + 1) ** 3


def discrepancy(x, y):
    m = len(x)
    total = 0.0
    for i in range(m):
        for j in range(m):
            if i != j:
                total += kernel(x[i], x[j]) + kernel(y[i], y[j]) - kernel(x[i], y[j]) - kernel(x[j], y[i])
    return total / (m * (m - 1))


def kernel_distance(x, y, blocks):
    n = len(x)
    bounds = [n * b // blocks for b in range(blocks + 1)]
    values = np.array([discrepancy(x[a:b], y[a:b]) for a, b in zip(bounds, bounds[1:])])
    weights = np.diff(bounds) / n
    mean = (weights * values).sum()
    error = np.sqrt((weights**2 * (values - mean) ** 2).sum() * blocks / (blocks - 1)) if blocks > 1 else None
    return mean, error


cases = []
for n1, n2, d, first, second, ddof in [
        (64, 64, 8, "real", "generated", 1), (64, 64, 8, "real", "generated", 0),
        (64, 64, 16, "real", "generated", 1), (64, 64, 16, "real", "generated", 0),
        (12, 12, 16, "real", "generated", 1), (12, 12, 16, "real", "generated", 0),
        (600, 600, 24, "scattered", "generated", 1), (700, 550, 24, "scattered", "real", 0),
        (300, 300, 12, "scattered", "far", 1)]:
    x, y = rows(n1, d, first), rows(n2, d, second)
    cases.append({"distance": "Frechet", "rows": [n1, n2], "dimensions": d, "kinds": [first, second], "ddof": ddof,
                  "value": float(exact_frechet(x, y, ddof)), "pytorchFid": float(frechet(x, y, ddof))})
for n, d, first, second, blocks in [(2, 8, "real", "generated", 1), (6, 8, "real", "generated", 3),
                                    (64, 16, "real", "generated", 10), (205, 24, "scattered", "generated", 10),
                                    (120, 24, "real", "real", 10)]:
    value, error = kernel_distance(rows(n, d, first), rows(n, d, second), blocks)
    cases.append({"distance": "Kernel", "rows": [n, n], "dimensions": d, "kinds": [first, second], "blocks": blocks,
                  "value": float(value), **({} if error is None else {"standardError": float(error)})})
print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
