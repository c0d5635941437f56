package dev.isoflop.operator.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.trial.AcceleratorRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineGpusTest {
  private static final String FIRST = "GPU-aaaa1111-0000-0000-0000-000000000001";
  private static final String SECOND = "GPU-bbbb2222-0000-0000-0000-000000000002";

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private String smi = "";
  private Path torch = Path.of("");

  @BeforeEach
  void aMachineOfTwoGpus() throws Exception {
    smi = FakeMachine.nvidiaSmi(folder).toString();
    torch = FakeMachine.torch(folder.resolve("site-packages"), "2.7.1+cu126");
    environment.put("ISOFLOP_CACHE", folder.resolve("cache").toString());
  }

  private MachineGpus.Answer choose(@Nullable String asked, @Nullable Path libtorch)
      throws GpuException {
    return new MachineGpus(new NvidiaSmi(smi), environment).choose(asked, libtorch);
  }

  private List<String> chosen(@Nullable String asked) throws GpuException {
    return choose(asked, torch).gpus().gpus().stream().map(Gpu::uuid).toList();
  }

  private void assertRefused(@Nullable String asked, @Nullable Path libtorch, String... parts) {
    assertThatThrownBy(() -> choose(asked, libtorch))
        .isInstanceOf(GpuException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void allAreUsedUnlessSomeAreNamed() throws Exception {
    assertThat(chosen(null)).containsExactly(FIRST, SECOND);
    assertThat(chosen("all")).containsExactly(FIRST, SECOND);
    assertThat(chosen("1,0")).containsExactly(SECOND, FIRST);
    assertThat(chosen("GPU-bbbb")).containsExactly(SECOND);
    assertThat(chosen("none")).isEmpty();
  }

  @Test
  void whatTheEnvironmentHidesStaysHidden() throws Exception {
    environment.put("CUDA_VISIBLE_DEVICES", "1");

    assertThat(chosen(null)).containsExactly(SECOND);
    assertRefused("0", torch, "--gpus: '0' is none of the GPUs; visible here: GPU 1 (NVIDIA A100");
    environment.put("CUDA_VISIBLE_DEVICES", "");
    assertThat(choose(null, null).gpus().used()).isFalse();
    assertRefused("all", torch, "no GPU is visible here: CUDA_VISIBLE_DEVICES is ''");
  }

  @Test
  void namesThatMeanNothingOrTheSameTwiceAreRefused() {
    environment.put("CUDA_VISIBLE_DEVICES", "0,7");
    assertRefused(
        null, torch, "CUDA_VISIBLE_DEVICES: '7' is none of the GPUs", "GPU 0 (NVIDIA H200");
    environment.remove("CUDA_VISIBLE_DEVICES");
    assertRefused("0,GPU-aaaa", torch, "names GPU 0 (NVIDIA H200, 140 GiB) a second time");
    assertRefused("0,", torch, "'' is none of the GPUs");
  }

  @Test
  void withoutTheLibrariesTheCpuIsUsedAndTheWayIsShown() throws Exception {
    MachineGpus.Answer answer = choose(null, null);

    assertThat(answer.gpus().used()).isFalse();
    assertThat(answer.gpus().environment(Optional.empty()))
        .containsEntry("CUDA_VISIBLE_DEVICES", "");
    assertThat(answer.notes())
        .singleElement()
        .asString()
        .contains("the 2 GPUs here are not used: ./isoflop native cuda");
    assertRefused("0", null, "the libraries for GPUs are not here", "./isoflop native cuda");
  }

  @Test
  void whatWasFetchedIsFound() throws Exception {
    Path fetched = NativeFolder.cuda(environment);
    FakeMachine.torch(fetched, "2.7.1+cu126");

    assertThat(choose(null, null).gpus().environment(Optional.of(FIRST)))
        .containsOnly(
            Map.entry("PYTORCH_LIBRARY_PATH", fetched.resolve("torch/lib").toString()),
            Map.entry("PYTORCH_VERSION", "2.7.1"),
            Map.entry("PYTORCH_FLAVOR", "cu128"),
            Map.entry("CUDA_VISIBLE_DEVICES", FIRST));
  }

  @Test
  void memoryInUseIsTold() throws Exception {
    assertThat(choose(null, torch).notes())
        .singleElement()
        .asString()
        .contains("GPU 0 (NVIDIA H200, 140 GiB): 69 GiB are in use already");
  }

  @Test
  void aMachineWithoutGpusNeedsNothingAndRefusesOnlyWhatWasAskedFor() throws Exception {
    smi = folder.resolve("no-such-program").toString();

    assertThat(choose(null, null)).isEqualTo(new MachineGpus.Answer(WorkerGpus.none(), List.of()));
    assertRefused("all", null, "--gpus all: no GPU is visible here", "nvidia-smi");
    assertRefused(null, torch, "--libtorch: no GPU is visible here");
  }

  @Test
  void aBrokenDriverStopsOnlyThoseWhoHaveUseForIt() throws Exception {
    smi = FakeMachine.program(folder.resolve("broken"), "echo no driver; exit 9").toString();

    assertThat(choose(null, null).notes()).singleElement().asString().contains("no driver");
    assertRefused("all", null, "exit code 9: no driver");
    assertThat(choose("none", null).notes()).isEmpty();
  }

  @Test
  void librariesOfAnotherVersionOrKindAreRefused() throws Exception {
    assertRefused(
        "all", folder, "--libtorch: " + folder + " holds no libtorch.so", "torch.__path__");
    assertRefused(
        "all",
        FakeMachine.torch(folder.resolve("newer"), "2.11.0+cu130"),
        "is libtorch 2.11.0+cu130, and workers need 2.7.1 exactly");
    Path cpu = FakeMachine.torch(folder.resolve("cpu"), "2.7.1+cpu");
    Files.delete(cpu.resolve("lib/libtorch_cuda.so"));
    assertRefused("all", cpu, "is a build for the CPU");
    Path old = FakeMachine.torch(folder.resolve("old"), "2.7.1+cu126");
    Files.writeString(old.resolve("lib/libc10.so"), "_ZN3c105ErrorC1ERKSs");
    assertRefused("all", old, "C++ ABI from before C++11");
    Path nameless = FakeMachine.torch(folder.resolve("nameless"), "2.7.1+cu126");
    Files.delete(nameless.resolve("version.py"));
    assertRefused("all", nameless, "does not say its version");
    Files.writeString(nameless.resolve("build-version"), "2.7.1+cu128\n");
    assertThat(choose("all", nameless).gpus().gpus()).hasSize(2);
  }

  @Test
  void theNextWorkerGetsADeviceThatNobodyHolds() throws Exception {
    WorkerGpus gpus = choose("all", torch).gpus();

    assertThat(gpus.free(Set.of()).map(AcceleratorRequest::device)).contains(FIRST);
    assertThat(gpus.free(Set.of(FIRST)).orElseThrow().askedBy())
        .isEqualTo("--gpus all, GPU 1 (NVIDIA A100-SXM4-40GB, 40 GiB)");
    assertThat(gpus.free(Set.of(FIRST, SECOND))).isEmpty();
    assertThat(WorkerGpus.none().free(Set.of())).isEmpty();
  }
}
