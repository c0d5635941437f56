package dev.isoflop.operator.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceChangeTest {
  private static LocalTrial trained(TrialOutcome outcome, String software) {
    LocalTrial trial = new LocalTrial(new TrialFolder("t", Path.of("t")));
    trial.result(
        Optional.of(
            new TrialResult(
                "t", "0", outcome, 1, 1, 1, 1, 1, 1, null, List.of(), 1, 1, null, software)));
    return trial;
  }

  private static final LocalTrial ON_CPU =
      trained(TrialOutcome.succeeded(), "isoflop worker 0.1.0, libtorch 2.7.1, cpu(), FP32");
  private static final LocalTrial ON_GPU =
      trained(
          TrialOutcome.succeeded(),
          "isoflop worker 0.1.0, libtorch 2.7.1, gpu(0) NVIDIA H200, BF16");

  @Test
  void aSweepThatChangesItsKindOfDeviceIsTold() {
    assertThat(DeviceChange.of(List.of(ON_CPU, ON_CPU, ON_GPU), true).orElseThrow())
        .startsWith("2 finished trials were trained on a CPU, further ones will be on a GPU")
        .endsWith("--gpus none keeps to one kind");
    assertThat(DeviceChange.of(List.of(ON_GPU), false).orElseThrow())
        .startsWith("1 finished trial was trained on a GPU, further ones will be on a CPU");
  }

  @Test
  void aSweepOfOneKindIsNotSpokenOf() {
    LocalTrial waiting = new LocalTrial(new TrialFolder("w", Path.of("w")));

    assertThat(DeviceChange.of(List.of(ON_GPU, waiting), true)).isEmpty();
    assertThat(DeviceChange.of(List.of(ON_CPU, waiting), false)).isEmpty();
  }
}
