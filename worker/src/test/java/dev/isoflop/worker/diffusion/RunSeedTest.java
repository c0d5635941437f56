package dev.isoflop.worker.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunSeedTest {
  @Test
  void neverChangesWhatItDerives() {
    // Written down when first released: other numbers would silently break every resumed run.
    assertThat(new RunSeed(0).derive(RandomPurpose.TRAINING_NOISE, 1))
        .isEqualTo(8200117313204103889L);
    assertThat(new RunSeed(42).derive(RandomPurpose.INITIAL_WEIGHTS, 0))
        .isEqualTo(8902055389972786263L);
    assertThat(RunSeed.EVALUATION.derive(RandomPurpose.EVALUATION_NOISE, 9999))
        .isEqualTo(3446709366019455713L);
  }

  @Test
  void differsInSeedPurposeAndIndex() {
    Set<Long> seen = new HashSet<>();
    int draws = 0;
    for (long seed = -3; seed < 5; seed++) {
      for (RandomPurpose purpose : RandomPurpose.values()) {
        for (long index = 0; index < 500; index++) {
          seen.add(new RunSeed(seed).derive(purpose, index));
          draws++;
        }
      }
    }
    assertThat(seen).hasSize(draws).allMatch(value -> value >= 0);
  }

  @Test
  void differsInTheLow32BitsWhichAreAllThatTheCpuGeneratorUses() {
    Set<Integer> seen = new HashSet<>();
    for (long step = 0; step < 10_000; step++) {
      seen.add((int) new RunSeed(1).derive(RandomPurpose.TRAINING_NOISE, step));
    }
    assertThat(seen).hasSizeGreaterThan(9_995); // 0.01 collisions are expected
  }

  @Test
  void repeatsOfOneSeedNeverMeetThoseOfAnother() {
    assertThat(RunSeed.ofRepeat(0, 1023)).isNotEqualTo(RunSeed.ofRepeat(1, 0));
    assertThat(RunSeed.ofRepeat(3, 1)).isNotEqualTo(RunSeed.ofRepeat(3, 0));
  }
}
