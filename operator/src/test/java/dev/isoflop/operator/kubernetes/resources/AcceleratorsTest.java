package dev.isoflop.operator.kubernetes.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.AcceleratorRequest;
import dev.isoflop.trial.AcceleratorType;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceleratorsTest {
  private static @Nullable AcceleratorRequest in(String... namesAndAmounts) {
    Map<String, Quantity> resources = new HashMap<>(Map.of("cpu", new Quantity("8")));
    for (int i = 0; i < namesAndAmounts.length; i += 2) {
      resources.put(namesAndAmounts[i], new Quantity(namesAndAmounts[i + 1]));
    }
    return Accelerators.in(resources, "scheduling.resources");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nvidia.com/gpu", "nvidia.com/gpu.shared", "nvidia.com/mig-1g.10gb"})
  void devicesOfNvidiaAreGpus(String name) {
    assertThat(in(name, "1"))
        .isEqualTo(
            new AcceleratorRequest(
                AcceleratorType.NvidiaGpu, 1, "scheduling.resources: " + name + ": 1", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amd.com/gpu",
        "gpu.intel.com/i915",
        "habana.ai/gaudi",
        "google.com/tpu",
        "aws.amazon.com/neuroncore",
        "huawei.com/Ascend910"
      })
  void acceleratorsOfOthersAreKnownToBeUnsupported(String name) {
    assertThat(in(name, "1"))
        .extracting(AcceleratorRequest::type)
        .isEqualTo(AcceleratorType.Unsupported);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rdma/hca", "memory", "hugepages-2Mi", "smarter-devices/fuse"})
  void whatElseIsAskedForIsNoAccelerator(String name) {
    assertThat(in(name, "1")).isNull();
  }

  @Test
  void nothingOfItIsNone() {
    assertThat(in("nvidia.com/gpu", "0")).isNull();
    assertThat(Accelerators.in(null, "scheduling.resources")).isNull();
  }

  @Test
  void ofSeveralAnNvidiaGpuCounts() {
    assertThat(in("amd.com/gpu", "1", "nvidia.com/gpu", "2", "zeta.com/gpu", "1"))
        .isEqualTo(
            new AcceleratorRequest(
                AcceleratorType.NvidiaGpu, 2, "scheduling.resources: nvidia.com/gpu: 2", null));
  }
}
