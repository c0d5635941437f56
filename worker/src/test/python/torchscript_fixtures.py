"""Writes the TorchScript files that tests load, and the tokenizer that belongs to one of them.

    python worker/src/test/python/torchscript_fixtures.py worker/src/test/resources/dev/isoflop/worker

Made with torch 2.7.1. The names inside a file depend on its own name, so keep those.
"""

import json
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


class Encoder(torch.nn.Module):
    """Stands for CLIP's or T5's encoder: a token sees the mean of all tokens that are not padding.

    Feature k of token i is id[i] + 100 k + mean(ids). Padded positions give 777, which nobody may see.
    """

    def forward(self, input_ids, attention_mask):
        ids = input_ids.to(torch.float32)
        mask = attention_mask.to(torch.float32)
        mean = (ids * mask).sum(1, keepdim=True) / mask.sum(1, keepdim=True)
        features = (ids + mean)[:, :, None] + 100 * torch.arange(3)
        return torch.where(attention_mask[:, :, None] > 0, features, 777.0)


class Codec(torch.nn.Module):
    """A lossless autoencoder: the four pixels of 2 x 2 become channels."""

    def encode(self, images):
        return torch.nn.functional.pixel_unshuffle(images, 2)

    def decode(self, latents):
        return torch.nn.functional.pixel_shuffle(latents, 2)


class Distribution(Codec):
    """As Codec, and a standard deviation of 0.25 for each mean."""

    def encode(self, images):
        means = torch.nn.functional.pixel_unshuffle(images, 2)
        return torch.cat([means, torch.full_like(means, 0.25)], 1)


class LogVariances(Codec):
    """As Distribution, but the logarithms of the variances, as diffusers' encoders give them."""

    def encode(self, images):
        means = torch.nn.functional.pixel_unshuffle(images, 2)
        return torch.cat([means, torch.full_like(means, -2.77)], 1)


WORDS = ["[PAD]", "[UNK]", "<s>", "</s>", "a", "red", "green", "apple", "picture"]


def special(number, content):
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {"id": number, "content": content, **flags}


TOKENIZER = {
    "version": "1.0",
    "truncation": None,
    "padding": None,
    "added_tokens": [special(i, WORDS[i]) for i in range(4)],
    "normalizer": {"type": "Lowercase"},
    "pre_tokenizer": {"type": "Whitespace"},
    "post_processor": {
        "type": "TemplateProcessing",
        "single": [
            {"SpecialToken": {"id": "<s>", "type_id": 0}},
            {"Sequence": {"id": "A", "type_id": 0}},
            {"SpecialToken": {"id": "</s>", "type_id": 0}},
        ],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {
            "<s>": {"id": "<s>", "ids": [2], "tokens": ["<s>"]},
            "</s>": {"id": "</s>", "ids": [3], "tokens": ["</s>"]},
        },
    },
    "decoder": None,
    "model": {"type": "WordLevel", "vocab": {word: i for i, word in enumerate(WORDS)}, "unk_token": "[UNK]"},
}


def trace_codec(codec, file):
    images, latents = torch.rand(1, 3, 8, 8), torch.rand(1, 12, 4, 4)
    torch.jit.trace_module(codec, {"encode": images, "decode": latents}).save(file)


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1])
    for folder in ["torch", "data/text", "data/autoencoder"]:
        (root / folder).mkdir(parents=True, exist_ok=True)
    torch.jit.script(Doubler()).save(root / "torch/doubler.pt")
    torch.save(Doubler().state_dict(), root / "torch/weights.pt")

    ids = torch.tensor([[2, 4, 3, 0, 0, 0]])
    torch.jit.trace(Encoder(), (ids, (ids > 0).long())).save(root / "data/text/encoder.pt")
    (root / "data/text/tokenizer.json").write_text(json.dumps(TOKENIZER, indent=1) + "\n")

    trace_codec(Codec(), root / "data/autoencoder/codec.pt")
    trace_codec(Distribution(), root / "data/autoencoder/distribution.pt")
    trace_codec(LogVariances(), root / "data/autoencoder/log_variances.pt")
