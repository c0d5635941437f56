package dev.isoflop.operator.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.gpu.FakeMachine;
import dev.isoflop.operator.gpu.WorkerGpus;
import dev.isoflop.operator.local.FakeGpus;
import dev.isoflop.operator.local.process.ProcessWorkerLauncher;
import dev.isoflop.operator.local.process.WorkerProgram;
import dev.isoflop.trial.TrialFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes that print what they were given. */
@Timeout(60)
class WorkerDevicesTest {
  @TempDir private Path folder;

  private List<String> environment(WorkerGpus gpus, String config) throws Exception {
    Path printer = FakeMachine.program(folder.resolve("printer"), "env\n");
    TrialFolder trial = new TrialFolder("t", Files.createDirectories(folder.resolve("t")));
    Files.writeString(trial.file(TrialFiles.CONFIG), config);
    new ProcessWorkerLauncher(
            new WorkerProgram(printer, List.of(), List.of()), Clock.systemUTC(), gpus)
        .launch(trial, 1)
        .exit()
        .join();
    return Files.readAllLines(trial.file(TrialFiles.LOG));
  }

  @Test
  void aWorkerSeesTheOneGpuOfItsConfigurationAndFindsTheLibraries() throws Exception {
    assertThat(
            environment(
                FakeGpus.shared(4), "{\"runtime\": {\"accelerator\": {\"device\": \"GPU-2\"}}}"))
        .contains(
            "CUDA_VISIBLE_DEVICES=GPU-2", "PYTORCH_LIBRARY_PATH=/libtorch", "OMP_NUM_THREADS=1");
  }

  @Test
  void aWorkerOnTheCpuSeesNoGpu() throws Exception {
    assertThat(environment(WorkerGpus.hidden(), "{\"runtime\": {}}"))
        .contains("CUDA_VISIBLE_DEVICES=");
  }
}
