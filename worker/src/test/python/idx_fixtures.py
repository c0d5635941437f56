"""Writes a small IDX set as the makers of MNIST do: big-endian sizes, then unsigned bytes, gzip.

    python worker/src/test/python/idx_fixtures.py worker/src/test/resources/dev/isoflop/worker/data/idx

Twelve grey images of 8 rows and 10 columns: pixel (row, column) of image i is (31 i + 7 row + column) mod 256,
its label i mod 3.
"""

import gzip
import pathlib
import sys

import numpy as np


def idx(values: np.ndarray) -> bytes:
    header = bytes([0, 0, 8, values.ndim])
    return header + np.array(values.shape, ">u4").tobytes() + values.astype("u1").tobytes()


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    i, row, column = np.ogrid[:12, :8, :10]
    images = (31 * i + 7 * row + column) % 256
    labels = np.arange(12) % 3
    for name, values in [("tiny-images-idx3-ubyte.gz", images), ("tiny-labels-idx1-ubyte.gz", labels)]:
        (folder / name).write_bytes(gzip.compress(idx(values), mtime=0))
