package dev.isoflop.operator.local;

import dev.isoflop.operator.gpu.Gpu;
import dev.isoflop.operator.gpu.WorkerGpus;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** GPUs that no machine has, for workers that do not use them. */
public final class FakeGpus {
  private FakeGpus() {}

  /** So many GPUs, with the UUIDs GPU-0, GPU-1 and so on. */
  public static WorkerGpus shared(int count) {
    List<Gpu> gpus =
        IntStream.range(0, count)
            .mapToObj(
                number ->
                    new Gpu(
                        Integer.toString(number),
                        "GPU-" + number,
                        "NVIDIA Test",
                        OptionalLong.empty(),
                        OptionalLong.empty()))
            .toList();
    return new WorkerGpus(gpus, "--gpus all", Map.of("PYTORCH_LIBRARY_PATH", "/libtorch"));
  }
}
