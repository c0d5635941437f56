package dev.isoflop.worker.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.ptr.IntByReference;
import dev.isoflop.trial.AcceleratorRequest;
import dev.isoflop.trial.AcceleratorType;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.worker.fault.TrialFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrialDeviceTest {
  private static final AcceleratorRequest ONE_GPU = gpus(1);

  private final List<String> hints = new ArrayList<>();

  private static AcceleratorRequest gpus(int count) {
    return new AcceleratorRequest(
        AcceleratorType.NvidiaGpu, count, "scheduling.resources: nvidia.com/gpu: " + count, null);
  }

  private static TrialDevice usable() {
    return new TrialDevice(true, true, Optional.empty(), null);
  }

  private static TrialDevice unusable(Optional<CudaDriver> driver, @Nullable String visible) {
    return new TrialDevice(true, false, driver, visible);
  }

  private TrialFault refusal(TrialDevice device, AcceleratorRequest asked) {
    try {
      device.require(asked, hints::add);
    } catch (TrialFault fault) {
      assertThat(fault.outcome().reason()).isEqualTo(OutcomeReason.DeviceUnavailable);
      return fault;
    }
    throw new AssertionError("nothing was refused");
  }

  @Test
  void aGpuThatWasAskedForAndIsThereIsNotSpokenOf() throws Exception {
    usable().require(ONE_GPU, hints::add);

    assertThat(hints).isEmpty();
  }

  @Test
  void theCpuIsFineWhereNothingWasAskedFor() throws Exception {
    unusable(Optional.empty(), null).require(null, hints::add);

    assertThat(hints).isEmpty();
  }

  @Test
  void aGpuThatNobodyAskedForIsUsedWithAHint() throws Exception {
    usable().require(null, hints::add);

    assertThat(hints)
        .singleElement()
        .asString()
        .contains("nothing was asked for", "scheduling.resources to nvidia.com/gpu: 1");
  }

  @Test
  void devicesThatWouldStandIdleAreSpokenOf() throws Exception {
    usable().require(gpus(4), hints::add);

    assertThat(hints).singleElement().asString().contains("nvidia.com/gpu: 4", "ask for 1");
  }

  @Test
  void theCpuBuildGivesUpAndNamesTheOtherImage() {
    TrialFault fault = refusal(new TrialDevice(false, false, Optional.empty(), null), ONE_GPU);

    assertThat(fault.exitCode()).isEqualTo(ExitCode.GIVE_UP);
    assertThat(fault.message())
        .startsWith("scheduling.resources: nvidia.com/gpu: 1 asks for")
        .contains("CPU build", "-cu128", "./isoflop native cuda");
  }

  @Test
  void otherAcceleratorsAreRefusedEvenBesideAUsableGpu() {
    AcceleratorRequest amd =
        new AcceleratorRequest(
            AcceleratorType.Unsupported, 1, "scheduling.resources: amd.com/gpu: 1", null);

    TrialFault fault = refusal(usable(), amd);

    assertThat(fault.exitCode()).isEqualTo(ExitCode.GIVE_UP);
    assertThat(fault.message()).contains("amd.com/gpu: 1", "NVIDIA GPUs alone");
  }

  @Test
  void aMissingDriverIsTheMachinesFault() {
    TrialFault fault = refusal(unusable(Optional.empty(), null), ONE_GPU);

    assertThat(fault.exitCode()).isEqualTo(ExitCode.TRANSIENT);
    assertThat(fault.message()).contains("no NVIDIA driver", "libcuda.so.1", "device plugin");
  }

  @Test
  void aDriverWithoutAVisibleDeviceSaysWhatWasMadeVisible() {
    TrialFault fault = refusal(unusable(Optional.of(driver(100, 12080)), ""), ONE_GPU);

    assertThat(fault.exitCode()).isEqualTo(ExitCode.TRANSIENT);
    assertThat(fault.message())
        .contains("no device is visible (CUDA_VISIBLE_DEVICES is '', driver for CUDA 12.8)");
    assertThat(refusal(unusable(Optional.of(driver(100, 12080)), null), ONE_GPU).message())
        .contains("CUDA_VISIBLE_DEVICES is not set");
  }

  @Test
  void aDriverThatDoesNotStartIsToldWithItsStatus() {
    assertThat(refusal(unusable(Optional.of(driver(803, 11040)), "GPU-1"), ONE_GPU).message())
        .contains("(for CUDA 11.4) does not start, CUresult 803", "kernel's log");
  }

  @Test
  void aDriverTellsTheNameOfItsDevice() {
    assertThat(driver(0, 12080).deviceName()).contains("NVIDIA H200");
    assertThat(driver(100, 12080).deviceName()).isEmpty();
  }

  @Test
  void aRequestForNothingIsNone() {
    assertThatThrownBy(() -> gpus(0)).hasMessageContaining("count: must be at least 1, was 0");
  }

  private static CudaDriver driver(int status, int version) {
    return new CudaDriver(
        new CudaDriver.Api() {
          @Override
          public int cuInit(int flags) {
            return status;
          }

          @Override
          public int cuDriverGetVersion(IntByReference answer) {
            answer.setValue(version);
            return 0;
          }

          @Override
          public int cuDeviceGet(IntByReference device, int ordinal) {
            device.setValue(ordinal);
            return status;
          }

          @Override
          public int cuDeviceGetName(byte[] name, int length, int device) {
            byte[] text = "NVIDIA H200".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, name, 0, text.length);
            return status;
          }
        });
  }
}
