package dev.isoflop.operator.gpu;

import java.util.OptionalLong;

/**
 * A device on which one worker can train: a GPU, or a MIG instance of one.
 *
 * @param index as {@code nvidia-smi} numbers GPUs; {@code 0:1} for the second MIG instance of GPU 0
 * @param uuid by which {@code CUDA_VISIBLE_DEVICES} knows it, whatever the order of devices
 * @param name of the model, or of the MIG profile
 * @param memoryBytes that it has; empty if unknown
 * @param usedBytes of them in use, by whatever program; empty if unknown
 */
public record Gpu(
    String index, String uuid, String name, OptionalLong memoryBytes, OptionalLong usedBytes) {

  /** Label of the GPU: {@code GPU 0 (NVIDIA H200, 140 GiB)}. */
  public String label() {
    return "GPU %s (%s%s)"
        .formatted(
            index,
            name,
            memoryBytes.isPresent()
                ? ", %.0f GiB".formatted(gibibytes(memoryBytes.getAsLong()))
                : "");
  }

  /** Bytes as GiB. */
  public static double gibibytes(long bytes) {
    return bytes / (double) (1L << 30);
  }
}
