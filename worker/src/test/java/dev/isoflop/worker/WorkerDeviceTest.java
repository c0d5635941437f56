package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.LibUtils;
import dev.isoflop.trial.AcceleratorRequest;
import dev.isoflop.trial.AcceleratorType;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes for which a GPU was set aside, on machines where none can be used. */
@Timeout(120)
class WorkerDeviceTest {
  private static final AcceleratorRequest GPU =
      new AcceleratorRequest(
          AcceleratorType.NvidiaGpu, 1, "scheduling.resources: nvidia.com/gpu: 1", null);

  private final Path folder;
  private final SmallTrial trial;

  WorkerDeviceTest(@TempDir Path folder) {
    this.folder = folder;
    trial = SmallTrial.in(folder.resolve("trial")).given(GPU);
  }

  /** Links to what lies elsewhere, which a temporary folder does not like to remove. */
  @AfterEach
  void removeLinks() throws IOException {
    Path libraries = folder.resolve("torch/lib");
    if (Files.exists(libraries)) {
      try (Stream<Path> files = Files.list(libraries)) {
        for (Path file : files.filter(Files::isSymbolicLink).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void assertRefused(SmallTrial refused, ExitCode code, String... parts) throws Exception {
    WorkerProcess worker = refused.run();

    assertThat(worker.exitCode()).as(worker.log()).isEqualTo(code.code());
    assertThat(worker.errors()).singleElement().asString().contains(parts);
    assertThat(worker.log()).doesNotContain("\tat ").doesNotContain("step 1/");
    assertThat(refused.file(TrialFiles.CURVE)).doesNotExist();
    assertThat(refused.terminationMessage().steps()).isZero();
    assertThat(refused.terminationMessage().outcome().type()).isEqualTo(OutcomeType.Failed);
    assertThat(refused.terminationMessage().outcome().reason())
        .isEqualTo(OutcomeReason.DeviceUnavailable);
  }

  /** The libtorch of these tests with further libraries that hold nothing. */
  private SmallTrial withLibraries(Map<String, String> neededByName) throws IOException {
    TorchRuntime.start(1);
    Path libraries = Files.createDirectories(folder.resolve("torch/lib"));
    try (Stream<Path> files = Files.list(Path.of(LibUtils.getLibtorchPath()))) {
      for (Path file : files.filter(it -> !it.toString().contains("djl_torch")).toList()) {
        Files.createSymbolicLink(libraries.resolve(file.getFileName()), file);
      }
    }
    for (Map.Entry<String, String> library : neededByName.entrySet()) {
      ElfLibrary.write(libraries.resolve(library.getKey()), library.getValue());
    }
    return trial.where(
        Map.of(
            "PYTORCH_LIBRARY_PATH",
            libraries.toString(),
            "PYTORCH_VERSION",
            TorchRuntime.start(1).version(),
            "PYTORCH_FLAVOR",
            "cpu",
            "DJL_CACHE_DIR",
            Files.createDirectories(folder.resolve("djl")).toString(),
            "CUDA_VISIBLE_DEVICES",
            "GPU-1"));
  }

  @Test
  void theCpuBuildOfLibtorchGivesUpBeforeAnythingIsRead() throws Exception {
    assertRefused(
        trial.onShards("/nowhere/train.tar", "/nowhere/held-out.tar"),
        ExitCode.GIVE_UP,
        "scheduling.resources: nvidia.com/gpu: 1 asks for an accelerator",
        "CPU build",
        "-cu128");
    assertThat(trial.result()).isEqualTo(trial.terminationMessage());
  }

  @Test
  void theCudaBuildWithoutADriverMayBeTriedElsewhere() throws Exception {
    assertRefused(
        withLibraries(Map.of("libtorch_cuda.so", "", "libcaffe2_nvrtc.so", "libcuda.so.1")),
        ExitCode.TRANSIENT,
        "no NVIDIA driver",
        "libcuda.so.1");
    assertThat(trial.file(TrialFiles.RESULT)).doesNotExist();
  }

  @Test
  void theCudaBuildWithoutAUsableDeviceMayBeTriedElsewhere() throws Exception {
    assertRefused(
        withLibraries(Map.of("libtorch_cuda.so", "")),
        ExitCode.TRANSIENT,
        "scheduling.resources: nvidia.com/gpu: 1 asks for a GPU, but",
        "nothing was trained on the CPU instead");
  }

  @Test
  void theCudaBuildTrainsOnTheCpuWhereNothingWasAskedFor() throws Exception {
    SmallTrial plain =
        SmallTrial.in(folder.resolve("plain")).with("\"steps\": 1000", "\"steps\": 20");
    SmallTrial cuda = withLibraries(Map.of("libtorch_cuda.so", ""));
    SmallTrial free = cuda.given(null).with("\"steps\": 1000", "\"steps\": 20");

    assertThat(plain.run().exitCode()).isZero();
    WorkerProcess worker = free.run();

    assertThat(worker.exitCode()).as(worker.log()).isZero();
    assertThat(free.curve()).isEqualTo(plain.curve());
    assertThat(free.result().software()).contains("cpu()");
  }
}
