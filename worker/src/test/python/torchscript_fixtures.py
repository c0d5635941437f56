"""Writes the TorchScript files that tests load.

    python worker/src/test/python/torchscript_fixtures.py worker/src/test/resources/dev/isoflop/worker/torch

Made with torch 2.7.1. The names inside a file depend on its own name, so keep those.
"""

import pathlib
import sys

import torch


class Doubler(torch.nn.Module):
    """Doubles, adds a weight, and drops values when it is not in evaluation mode."""

    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.tensor([0.5]))
        self.dropout = torch.nn.Dropout(0.5)

    def forward(self, x):
        return self.dropout(2 * x + self.weight)


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    torch.jit.script(Doubler()).save(folder / "doubler.pt")
    torch.save(Doubler().state_dict(), folder / "weights.pt")
