package dev.isoflop.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialJson;
import org.junit.jupiter.api.Test;

/** What libtorch says of GPUs, in its own words, and what that means for a trial. */
class GpuFaultTest {
  /** As c10/cuda/CUDACachingAllocator.cpp of PyTorch 2.7 puts it together. */
  private static final String OUT_OF_MEMORY =
      "CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 79.15 GiB of"
          + " which 1.50 GiB is free. %sIncluding non-PyTorch memory, this process has %s memory in"
          + " use. Of the allocated memory 70.00 GiB is allocated by PyTorch, and 512.00 MiB is"
          + " reserved by PyTorch but unallocated.";

  private static TrialExperiment experiment() throws Exception {
    return TrialJson.MAPPER.readValue(
        """
        {"budgetFlops": 1e9, "flopConvention": "Analytic", "steps": 10, "repeat": 0,
         "shape": {"architecture": "InContext", "layers": 2, "width": 16, "headDimension": 8,
                   "patchSize": 2, "imageSize": 8, "channels": 1, "textTokens": 4, "textWidth": 8},
         "data": {"train": {"name": "scenes", "uri": "scenes:solid", "format": "Scenes"},
                  "evaluation": [], "imageSize": 8, "channels": 1},
         "training": {"batchSize": 64}, "evaluation": {"samples": 64}}
        """,
        TrialExperiment.class);
  }

  private static TrialFault memory(String message) throws Exception {
    return MemoryFault.of(new EngineException(message), experiment()).orElseThrow();
  }

  @Test
  void aModelThatDoesNotFitIsExcludedWithWhatWasAskedAndWhatTheDeviceHas() throws Exception {
    TrialFault fault = memory(OUT_OF_MEMORY.formatted("", "77.00 GiB"));

    assertThat(fault.exitCode()).isEqualTo(ExitCode.GIVE_UP);
    assertThat(fault.outcome().type()).isEqualTo(OutcomeType.Excluded);
    assertThat(fault.outcome().reason()).isEqualTo(OutcomeReason.OutOfMemory);
    assertThat(fault.message())
        .contains(
            "20.00 GiB more were asked for on a GPU of 79.15 GiB, of which this process held"
                + " 77.00 GiB and 1.50 GiB were free")
        .contains("64 samples", "training.microBatch to 32", "use a GPU with more memory");
  }

  @Test
  void memoryThatOtherProcessesHoldIsNoFaultOfTheTrial() throws Exception {
    TrialFault fault =
        memory(OUT_OF_MEMORY.formatted("Process 4711 has 60.00 GiB memory in use. ", "17.00 GiB"));

    assertThat(fault.exitCode()).isEqualTo(ExitCode.TRANSIENT);
    assertThat(fault.outcome().type()).isEqualTo(OutcomeType.Failed);
    assertThat(fault.outcome().reason()).isEqualTo(OutcomeReason.DeviceUnavailable);
    assertThat(fault.message()).contains("other processes hold the rest", "nvidia-smi");
  }

  @Test
  void whoHoldsTheMemoryMayBeUnknownInAContainer() throws Exception {
    assertThat(memory(OUT_OF_MEMORY.formatted("", "17179869184.00 GiB")).message())
        .contains("on a GPU of 79.15 GiB, of which 1.50 GiB were free");
    assertThat(
            memory(
                    "CUDA out of memory. Tried to allocate 512.00 MiB. GPU 0 has a total capacity"
                        + " of 79.15 GiB of which 100.00 MiB is free. Of the allocated memory ...")
                .message())
        .contains(
            "0.50 GiB more were asked for on a GPU of 79.15 GiB, of which 0.10 GiB were free");
  }

  @Test
  void memoryOfTheMachineIsSpokenOfAsBefore() throws Exception {
    assertThat(memory("DefaultCPUAllocator: can't allocate memory: you tried to").message())
        .startsWith("out of memory: ")
        .contains("give the trial more memory");
  }

  private static TrialFault device(Throwable cause) {
    return DeviceFault.of(cause).orElseThrow();
  }

  @Test
  void aLibtorchForCudaWithoutADriverIsTheMachinesFault() {
    TrialFault fault =
        device(
            new EngineException(
                "Failed to load PyTorch native library",
                new UnsatisfiedLinkError(
                    "/lib/libcaffe2_nvrtc.so: libcuda.so.1: cannot open shared object file: No"
                        + " such file or directory")));

    assertThat(fault.exitCode()).isEqualTo(ExitCode.TRANSIENT);
    assertThat(fault.outcome().reason()).isEqualTo(OutcomeReason.DeviceUnavailable);
    assertThat(fault.message()).contains("no NVIDIA driver", "libcuda.so.1", "device plugin");
  }

  @Test
  void aLibraryThatTheImageLacksIsNamed() {
    TrialFault fault =
        device(
            new EngineException(
                "Failed to load PyTorch native library",
                new UnsatisfiedLinkError("libcudnn.so.9: cannot open shared object file")));

    assertThat(fault.exitCode()).isEqualTo(ExitCode.GIVE_UP);
    assertThat(fault.message()).contains("libcudnn.so.9");
  }

  @Test
  void aGpuThatLibtorchHasNoCodeForIsNeverTriedAgain() {
    TrialFault fault =
        device(
            new EngineException(
                "CUDA error: no kernel image is available for execution on the device\nCompile"
                    + " with"));

    assertThat(fault.exitCode()).isEqualTo(ExitCode.GIVE_UP);
    assertThat(fault.message())
        .contains("(CUDA error: no kernel image is available for execution on the device)");
  }

  @Test
  void aGpuThatBreaksIsNoFaultOfTheTrial() {
    TrialFault fault =
        device(new EngineException("CUDA error: uncorrectable ECC error encountered\nCUDA"));

    assertThat(fault.exitCode()).isEqualTo(ExitCode.TRANSIENT);
    assertThat(fault.message())
        .contains("uncorrectable ECC error encountered; check nvidia-smi", "from the checkpoint");
  }

  @Test
  void otherFaultsAreNotTakenForTheDevices() {
    assertThat(DeviceFault.of(new EngineException("The size of tensor a (4) must match")))
        .isEmpty();
  }
}
