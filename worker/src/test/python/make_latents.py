"""Writes the latent fixtures with the formats' own packages.

    python make_latents.py ../resources/dev/isoflop/worker/data

Made with numpy 2.1.3, webdataset 1.0.2, mosaicml-streaming 0.13.0 and safetensors 0.8.0. Value i of sample n is
(n * 64 + i) / 256 - 0.5 in half precision, so that tests know every number.
"""

import io
import json
import os
import shutil
import sys
import tarfile
import zipfile

import numpy as np
import torch
import webdataset
from safetensors.torch import save_file
from streaming import MDSWriter

ROOT = sys.argv[1]
SHAPE = (4, 4, 4)
COUNT = 6


def folder(*names):
    path = os.path.join(ROOT, *names)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


def latent(n):
    return ((n * 64 + np.arange(64)) / 256 - 0.5).reshape(SHAPE).astype(np.float16)


def mean_std(n):
    """Standard deviations of n / 4, so that sample 0 has none."""
    mean = latent(n).astype(np.float32)
    return np.concatenate([mean, np.full(SHAPE, n / 4, np.float32)])


def text(n, tokens=3, width=8):
    return (n + np.arange(tokens * width) / 8).reshape(tokens, width).astype(np.float16)


def wds():
    path = os.path.join(ROOT, "webdataset", "latents.tar")
    with webdataset.TarWriter(path, mtime=0) as writer:
        for n in range(COUNT):
            writer.write(
                {
                    "__key__": f"{n:06d}",
                    "latent.npy": latent(n),
                    "txt": f"number {n}",
                    "text.npy": text(n),
                }
            )


def mds():
    columns = {"caption": "str", "latents_256": "bytes", "caption_latents": "bytes", "key": "int"}
    # As mosaicml/diffusion stores them: raw half floats, empty where the picture was too small.
    with MDSWriter(out=folder("mds", "diffusion"), columns=columns, size_limit=800, hashes=["sha1"]) as out:
        for n in range(COUNT):
            raw = b"" if n == 2 else latent(n).tobytes()
            out.write(
                {"caption": f"number {n}", "latents_256": raw, "caption_latents": text(n).tobytes(), "key": n}
            )
    arrays = {
        "fixed": "ndarray:float16:4,4,4",
        "typed": "ndarray:float16",
        "free": "ndarray",
        "label": "int",
        "secret": "pkl",
    }
    with MDSWriter(out=folder("mds", "arrays"), columns=arrays, compression="gz") as out:
        for n in range(3):
            out.write(
                {"fixed": latent(n), "typed": latent(n), "free": latent(n), "label": n, "secret": {"n": n}}
            )
    with MDSWriter(out=folder("mds", "zstd"), columns={"latents": "bytes", "caption": "str"}, compression="zstd") as out:
        out.write({"latents": latent(0).tobytes(), "caption": "number 0"})


def npy():
    path = folder("array")
    for name, kind in {
        "f2": np.float16, "f4": np.float32, "f8": np.float64, "i1": np.int8, "i8": np.int64, "u1": np.uint8,
        "u4": np.uint32, "b1": np.bool_,
    }.items():
        np.save(os.path.join(path, name + ".npy"), np.arange(6).reshape(2, 3).astype(kind))
    np.save(os.path.join(path, "scalar.npy"), np.float32(7))
    np.save(os.path.join(path, "vector.npy"), np.arange(3, dtype=np.float32))
    np.save(os.path.join(path, "fortran.npy"), np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3)))
    np.save(os.path.join(path, "big_endian.npy"), np.arange(3, dtype=">f4"))
    np.save(os.path.join(path, "object.npy"), np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with open(os.path.join(path, "v3.npy"), "wb") as file:
        np.lib.format.write_array(file, np.arange(3, dtype=np.float32), version=(3, 0))
    halves = np.arange(0, 65536, 131, dtype=np.uint16)
    np.save(os.path.join(path, "halves.npy"), halves.view(np.float16))
    halves.view(np.float16).astype(np.float32).view(np.uint32).tofile(os.path.join(path, "halves.bits"))
    mask = np.array([[1, 1, 0]], dtype=np.int64)
    np.savez_compressed(
        os.path.join(path, "caption.npz"), caption_feature=text(1)[None].astype(np.float32), attention_mask=mask
    )


def edm2():
    path = folder("npy", "edm2")
    labels = []
    for n in range(COUNT):
        name = f"{n // 4:05d}/img-mean-std-{n:08d}.npy"
        os.makedirs(os.path.dirname(os.path.join(path, name)), exist_ok=True)
        np.save(os.path.join(path, name), mean_std(n))
        labels.append([name, n % 3])
    with open(os.path.join(path, "dataset.json"), "w") as file:
        json.dump({"labels": labels}, file)
    with zipfile.ZipFile(os.path.join(ROOT, "npy", "edm2.zip"), "w", zipfile.ZIP_STORED) as out:
        for name in [label[0] for label in labels] + ["dataset.json"]:
            with open(os.path.join(path, name), "rb") as file:
                out.writestr(zipfile.ZipInfo(name), file.read())


def pixart():
    path = folder("npy", "pixart")
    items = []
    for sub in ["partition", "img_vae_features_128resolution/noflip", "caption_feature_wmask"]:
        os.makedirs(os.path.join(path, sub))
    for n in range(COUNT):
        items.append({"path": f"a/{n}.png", "ratio": 1.0, "height": 32, "width": 32, "prompt": f"number {n}"})
        np.save(os.path.join(path, "img_vae_features_128resolution/noflip", f"a_{n}.npy"), mean_std(n))
        np.savez_compressed(
            os.path.join(path, "caption_feature_wmask", f"a_{n}.npz"),
            caption_feature=text(n)[None].astype(np.float32),
            attention_mask=np.array([[1, 1, 0]], dtype=np.int64),
        )
    with open(os.path.join(path, "partition", "data_info.json"), "w") as file:
        json.dump(items, file)


def tensors():
    path = folder("safetensors")
    stack = torch.from_numpy(np.stack([latent(n) for n in range(COUNT)]))
    labels = torch.arange(COUNT) % 3
    save_file({"latents": stack, "labels": labels}, os.path.join(path, "half.safetensors"))
    texts = torch.from_numpy(np.stack([text(n) for n in range(COUNT)]))
    save_file({"latents": stack.to(torch.bfloat16), "text": texts}, os.path.join(path, "bfloat.safetensors"))


for make in [wds, mds, npy, edm2, pixart, tensors]:
    make()
