#!/usr/bin/env python3
"""The worker's training step on a GPU, without Java: its time and share of the chip, and whether it
learns what the CPU learned. Runs the very archives that the worker runs.

First, where Java is:   mvn -Pbench -pl crds,worker test -Dtest=GpuKitBench
Then, where the GPU is: python3 worker/bench/gpu.py worker/target/gpu-kit
Needs PyTorch 2.x with CUDA."""
import argparse
import json
import pathlib
import statistics
import time

import torch


class Model:
    """Parameters, moments and average as one flat tensor each, as the worker keeps them."""

    def __init__(self, folder, facts, device, start=None):
        self.facts = facts
        self.module = torch.jit.load(str(folder / facts["archive"]), map_location=device)
        size = facts["size"]
        if start is None:
            generator = torch.Generator(device=device).manual_seed(1)
            start = torch.randn(size, device=device, generator=generator) * 0.02
        self.flat = [start.to(device)] + [torch.zeros(size, device=device) for _ in range(2)]
        self.flat.append(self.flat[0].clone())
        self.weights = self.views(facts["weights"], 0)
        self.vectors = self.views(facts["vectors"], facts["decayed"])
        edge = facts["edge"]
        self.positions = self.module.positions(
            edge, edge, facts["text"][0], facts["width"], torch.zeros(1, device=device))

    def views(self, shapes, offset):
        views = []
        for shape in shapes:
            count = torch.Size(shape).numel()
            view = self.flat[0][offset:offset + count].view(shape).detach().requires_grad_(True)
            views.append(view)
            offset += count
        return views

    def step(self, image, text, seeds, number, rate, decay):
        parameters, first, second, average = ([flat] for flat in self.flat)
        return self.module.train_step(
            self.weights, self.vectors, self.facts["decayed"], parameters, first, second, average,
            self.positions, image, text, seeds, number, rate, decay)


def measure(folder, name, facts, batch, peak, steps):
    """As the worker does it: a batch from the host's memory, a step, its loss back to the host."""
    device = torch.device("cuda")
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats()
    model = Model(folder, facts, device)
    image = torch.randn([batch] + facts["image"])
    text = torch.randn([batch] + facts["text"])
    seconds = []
    for number in range(1, steps + 1):
        began = time.perf_counter()
        model.step(image.to(device), text.to(device), [number, number + 1, number + 2], number,
                   1e-4, 0.999).tolist()
        seconds.append(time.perf_counter() - began)
    median = statistics.median(seconds[steps // 3:])
    rate = facts["flopsPerSample"] * batch / median
    print(f"{name}: {facts['parameters'] / 1e6:.1f}M parameters, batch {batch}: {median * 1e3:.1f} ms a "
          f"step, {rate / 1e12:.0f} TFLOP/s, MFU {rate / peak['datasheet']:.1%} of the data sheet's "
          f"{peak['datasheet'] / 1e12:.0f} TFLOP/s, {rate / peak['measured']:.1%} of the "
          f"{peak['measured'] / 1e12:.0f} of a large product here, "
          f"{torch.cuda.max_memory_allocated() / 2 ** 30:.1f} GiB", flush=True)


def product_rate(size=8192):
    a = torch.randn([size, size], device="cuda", dtype=torch.bfloat16)
    b = torch.randn([size, size], device="cuda", dtype=torch.bfloat16)
    for _ in range(3):
        a @ b
    torch.cuda.synchronize()
    seconds = []
    for _ in range(10):
        began = time.perf_counter()
        a @ b
        torch.cuda.synchronize()
        seconds.append(time.perf_counter() - began)
    return 2 * size ** 3 / statistics.median(seconds)


def replay(folder, facts):
    """The CPU's training again, from its weights, batches, noise and times."""
    def floats(name, shape):
        return torch.frombuffer(bytearray((folder / name).read_bytes()), dtype=torch.float32).view(shape)

    device = torch.device("cuda")
    batch = facts["batch"]
    model = Model(folder, facts, device, floats("start.f32", [-1]))
    pictures = floats("pictures.f32", [-1, batch] + facts["image"])
    text = floats("text.f32", [-1, batch] + facts["text"])
    losses = []
    for number, step in enumerate(facts["steps"], 1):
        losses.append(model.step(pictures[number - 1].to(device), text[number - 1].to(device), step["seeds"],
                                 number, step["rate"], step["decay"]).tolist()[0])
    for other in ["cpuBF16", "cpuFP32"]:
        apart = [abs(a / b - 1) for a, b in zip(losses, facts[other])]
        print(f"losses of {len(losses)} steps in BF16 here against {other}: apart by {statistics.median(apart):.2e} "
              f"in the median, {max(apart):.2e} at most, {apart[-1]:.2e} at the end; last loss {losses[-1]:.5f} "
              f"against {facts[other][-1]:.5f}")
    apart = [abs(a / b - 1) for a, b in zip(facts["cpuBF16"], facts["cpuFP32"])]
    print(f"the CPU's own BF16 against its FP32: apart by {statistics.median(apart):.2e} in the median, "
          f"{max(apart):.2e} at most", flush=True)
    return model


def evaluations(folder, facts, trained):
    """What evaluation asks of a model, on the GPU in BF16 and on this machine's CPU, with equal draws."""
    cpu = torch.device("cpu")
    models = {"gpu": trained, "cpu": Model(folder, facts, cpu, trained.flat[0].cpu())}
    batch = facts["batch"]
    generator = torch.Generator().manual_seed(3)
    image = (torch.randint(0, 256, [batch] + facts["image"], generator=generator) / 127.5) - 1
    text = torch.randn([batch] + facts["text"], generator=generator)
    times = [i / 8 for i in range(9)]
    found = {}
    for name, model in models.items():
        device = model.flat[0].device
        of = (model.weights, model.vectors, model.positions)
        found[name] = {
            "losses": model.module.losses(*of, image.to(device), text.to(device),
                                          torch.linspace(0.02, 0.98, batch).to(device), list(range(batch))),
            "samples": model.module.sample(*of, text.to(device), facts["image"], list(range(batch)),
                                           times[::-1], [0.0, 0.5], [0.0, 1.0], 2.0),
            "negative log-densities": model.module.negative_log_density(
                *of, image.to(device), text.to(device), 2 / 255, list(range(batch)),
                list(range(batch, 2 * batch)), times, [0.0, 0.5], [0.0, 1.0])}
    for what in found["cpu"]:
        a, b = found["gpu"][what].cpu().double(), found["cpu"][what].double()
        print(f"{what} here against this machine's CPU, BF16 both: apart by {(a - b).norm() / b.norm():.2e} of "
              f"their norm", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kit", type=pathlib.Path)
    parser.add_argument("--peak", type=float, default=989.4e12,
                        help="the chip's dense BF16 rate by its data sheet, FLOP/s (default: H100 and H200 SXM)")
    parser.add_argument("--steps", type=int, default=15)
    parser.add_argument("--batches", default="20M:512,100M:256,500M:96")
    arguments = parser.parse_args()
    torch._C._set_graph_executor_optimize(False)  # as the worker does, for equal numbers after a resume
    kit = json.loads((arguments.kit / "kit.json").read_text())
    peak = {"datasheet": arguments.peak, "measured": product_rate()}
    print(f"{torch.cuda.get_device_name()}, PyTorch {torch.__version__}", flush=True)
    for entry in arguments.batches.split(","):
        name, batch = entry.split(":")
        measure(arguments.kit, name, kit[name], int(batch), peak, arguments.steps)
    evaluations(arguments.kit, kit["replay"], replay(arguments.kit, kit["replay"]))


if __name__ == "__main__":
    main()
