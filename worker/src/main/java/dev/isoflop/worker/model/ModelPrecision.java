package dev.isoflop.worker.model;

import ai.djl.Device;
import dev.isoflop.api.v1alpha1.training.Precision;

/**
 * The arithmetic that a device really runs.
 *
 * @param bfloat16 whether matrix products run in bfloat16
 * @param fusedAttention whether attention runs as one kernel instead of as its three products
 */
public record ModelPrecision(boolean bfloat16, boolean fusedAttention) {
  /**
   * Auto is FP32 on a CPU: without bfloat16 instructions it is twenty times faster, and with them
   * small models gain nothing. Fused attention loses to plain products only for bfloat16 on a CPU.
   */
  public static ModelPrecision of(Precision precision, Device device) {
    boolean bfloat16 =
        switch (precision) {
          case Auto -> device.isGpu();
          case FP32 -> false;
          case BF16 -> true;
        };
    return new ModelPrecision(bfloat16, device.isGpu() || !bfloat16);
  }
}
