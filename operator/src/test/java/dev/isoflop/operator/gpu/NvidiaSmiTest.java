package dev.isoflop.operator.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaSmiTest {
  @TempDir private Path folder;

  private NvidiaSmi smi(String script) throws Exception {
    return new NvidiaSmi(FakeMachine.program(folder.resolve("nvidia-smi"), script).toString());
  }

  @Test
  void gpusAreListedWithTheirMemory() throws Exception {
    NvidiaSmi smi = new NvidiaSmi(FakeMachine.nvidiaSmi(folder).toString());

    assertThat(smi.gpus())
        .extracting(Gpu::index, Gpu::uuid, Gpu::label)
        .containsExactly(
            tuple("0", "GPU-aaaa1111-0000-0000-0000-000000000001", "GPU 0 (NVIDIA H200, 140 GiB)"),
            tuple(
                "1",
                "GPU-bbbb2222-0000-0000-0000-000000000002",
                "GPU 1 (NVIDIA A100-SXM4-40GB, 40 GiB)"));
    assertThat(smi.gpus().get(0).usedBytes()).hasValue(71000L << 20);
  }

  @Test
  void aGpuThatIsSplitIsListedAsItsInstances() {
    String listing =
        """
        GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77)
          MIG 3g.40gb     Device  0: (UUID: MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f)
          MIG 1g.10gb     Device  1: (UUID: MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb)
        GPU 1: NVIDIA A100-SXM4-80GB (UUID: GPU-dad4ec20-e7d1-4bd9-0000-000000000001)
        """;

    assertThat(NvidiaSmi.read(listing, "GPU-dad4ec20-e7d1-4bd9-0000-000000000001, [N/A], [N/A]"))
        .containsExactly(
            new Gpu(
                "0:0",
                "MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f",
                "MIG 3g.40gb",
                OptionalLong.of(40L << 30),
                OptionalLong.empty()),
            new Gpu(
                "0:1",
                "MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb",
                "MIG 1g.10gb",
                OptionalLong.of(10L << 30),
                OptionalLong.empty()),
            new Gpu(
                "1",
                "GPU-dad4ec20-e7d1-4bd9-0000-000000000001",
                "NVIDIA A100-SXM4-80GB",
                OptionalLong.empty(),
                OptionalLong.empty()));
  }

  @Test
  void aMachineWithoutTheProgramHasNone() throws Exception {
    assertThat(new NvidiaSmi(folder.resolve("nvidia-smi").toString()).gpus()).isEmpty();
  }

  @Test
  void aDriverWithoutDevicesHasNone() throws Exception {
    assertThat(smi("echo No devices were found; exit 6").gpus()).isEmpty();
  }

  @Test
  void aDriverThatDoesNotAnswerIsToldInItsOwnWords() throws Exception {
    NvidiaSmi broken =
        smi("echo \"NVIDIA-SMI has failed because it couldn't communicate\"; exit 9");

    assertThatThrownBy(broken::gpus)
        .isInstanceOf(GpuException.class)
        .hasMessageContaining("ended with exit code 9: NVIDIA-SMI has failed because")
        .hasMessageContaining("--gpus none");
  }
}
