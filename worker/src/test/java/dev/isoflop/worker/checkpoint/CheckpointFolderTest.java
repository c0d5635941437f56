package dev.isoflop.worker.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.worker.FullDisk;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.fault.TrialFault;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.model.ModelState.Section;
import dev.isoflop.worker.model.StepSettings;
import dev.isoflop.worker.model.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  private final Path folder;
  private final List<String> warnings = new ArrayList<>();
  private final TinyModel tiny = TinyModel.standard();
  private final ModelState state = tiny.model.initialState(new RunSeed(1));
  private final CheckpointFolder checkpoints;

  CheckpointFolderTest(@TempDir Path folder) {
    this.folder = folder;
    checkpoints = new CheckpointFolder(folder, "key", warnings::add);
    for (int step = 1; step <= 3; step++) {
      tiny.model.trainStep(
          state, tiny.pictures, tiny.features, new RunSeed(1), new StepSettings(step, 1e-3, 0.9));
    }
  }

  @AfterEach
  void close() {
    state.close();
    tiny.close();
  }

  private CheckpointHeader header(long step) {
    return header("key", step);
  }

  private CheckpointHeader header(String key, long step) {
    return new CheckpointHeader(
        CheckpointHeader.FORMAT,
        key,
        step,
        state.inventory().size(),
        1.25,
        0.1 + 0.2,
        0.3,
        7,
        step / 3.0);
  }

  private Path file(long step) {
    return folder.resolve("step-%012d.checkpoint".formatted(step));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertRestores(CheckpointHeader expected, ModelState like) throws TrialFault {
    try (ModelState restored = tiny.model.initialState(new RunSeed(99))) {
      assertThat(checkpoints.restore(tiny.model, restored)).contains(expected);
      for (Section section : Section.values()) {
        assertThat(TinyModel.read(restored, section)).isEqualTo(TinyModel.read(like, section));
      }
    }
  }

  @Test
  void restoresEveryBit() throws Exception {
    checkpoints.save(header(3), state);

    assertRestores(header(3), state);
    assertThat(warnings).isEmpty();
  }

  @Test
  void hasNothingToRestoreAtFirst() throws Exception {
    assertThat(checkpoints.restore(tiny.model, state)).isEmpty();
  }

  @Test
  void keepsTheNewestAndTheOneBefore() throws Exception {
    for (long step : new long[] {1, 2, 9, 10, 200}) {
      checkpoints.save(header(step), state);
    }

    assertThat(names())
        .containsExactly("step-000000000010.checkpoint", "step-000000000200.checkpoint");
    assertRestores(header(200), state);
  }

  @Test
  void fallsBackToTheOneBeforeWhereverTheNewestIsDamaged() throws Exception {
    checkpoints.save(header(3), state);
    byte[] good = Files.readAllBytes(file(3));
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      byte[] bad = good.clone();
      if (i % 2 == 0) {
        bad = Arrays.copyOf(bad, i == 0 ? 0 : random.nextInt(bad.length));
      } else {
        bad[i < 20 ? i : random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file(4), bad);
      warnings.clear();

      assertRestores(header(3), state);

      assertThat(warnings)
          .singleElement()
          .asString()
          .contains(file(4).toString())
          .contains("damaged");
    }
  }

  @Test
  void bytesBehindTheEndAreDamage() throws Exception {
    checkpoints.save(header(3), state);
    Files.write(file(4), Files.readAllBytes(file(3)));
    Files.write(file(4), new byte[1], StandardOpenOption.APPEND);

    assertRestores(header(3), state);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void refusesWhenAllAreDamaged() throws Exception {
    Files.write(file(4), new byte[100]);

    assertThatThrownBy(() -> checkpoints.restore(tiny.model, state))
        .isInstanceOfSatisfying(
            TrialFault.class,
            fault -> {
              assertThat(fault.outcome().reason()).isEqualTo(OutcomeReason.BadCheckpoint);
              assertThat(fault.exitCode()).isEqualTo(ExitCode.GIVE_UP);
            })
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("remove");
    assertThat(warnings).singleElement().asString().contains("does not start as");
  }

  @Test
  void refusesThoseOfAnotherExperiment() throws Exception {
    checkpoints.save(header("other", 3), state);

    assertThatThrownBy(() -> checkpoints.restore(tiny.model, state))
        .isInstanceOf(TrialFault.class)
        .hasMessageContaining(file(3).toString())
        .hasMessageContaining("other")
        .hasMessageContaining("key");
  }

  @Test
  void refusesThoseOfAnotherModel() throws Exception {
    checkpoints.save(header(3), state);
    TransformerShape wider = new TransformerShape(Architecture.InContext, 2, 24, 8, 4, 8, 3, 3, 5);
    try (TinyModel other = TinyModel.ofShape(wider);
        ModelState otherState = other.model.emptyState()) {
      assertThatThrownBy(() -> checkpoints.restore(other.model, otherState))
          .isInstanceOf(TrialFault.class)
          .hasMessageContaining(Long.toString(state.inventory().size()));
    }
  }

  @Test
  void refusesAnotherVersionOfTheFormat() throws Exception {
    checkpoints.save(
        new CheckpointHeader(99, "key", 3, state.inventory().size(), 1, 1, 1, 0, 1), state);

    assertThatThrownBy(() -> checkpoints.restore(tiny.model, state))
        .isInstanceOf(TrialFault.class)
        .hasMessageContaining("format 99");
  }

  @Test
  void aFullDiskLeavesTheOlderOnesAsTheyWere() throws Exception {
    checkpoints.save(header(3), state);
    FullDisk.at(Path.of(file(4) + ".unfinished"));

    assertThatThrownBy(() -> checkpoints.save(header(4), state))
        .isInstanceOfSatisfying(
            TrialFault.class,
            fault -> {
              assertThat(fault.outcome().reason()).isEqualTo(OutcomeReason.DiskFull);
              assertThat(fault.exitCode()).isEqualTo(ExitCode.STORAGE);
            })
        .hasMessageContaining(file(4).toString())
        .hasMessageContaining("free some space");

    assertThat(names()).containsExactly("step-000000000003.checkpoint");
    assertRestores(header(3), state);
  }

  @Test
  void anUnfinishedFileOfAKilledProcessIsIgnored() throws Exception {
    checkpoints.save(header(3), state);
    Files.write(Path.of(file(4) + ".unfinished"), new byte[10]);

    assertRestores(header(3), state);
    assertThat(warnings).isEmpty();
  }
}
