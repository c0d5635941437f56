package dev.isoflop.worker.metrics;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.util.cuda.CudaUtils;
import java.util.OptionalLong;

/** Memory in use on a GPU, by whatever program. */
final class DeviceMemory {
  private DeviceMemory() {}

  /**
   * Bytes in use; empty where the CUDA runtime is not found or does not answer, which must not cost
   * a scrape its other metrics.
   */
  static OptionalLong bytes(Device device) {
    try {
      return OptionalLong.of(CudaUtils.getGpuMemory(device).getCommitted());
    } catch (EngineException | IllegalStateException e) { // how DJL says that it cannot tell
      return OptionalLong.empty();
    }
  }
}
