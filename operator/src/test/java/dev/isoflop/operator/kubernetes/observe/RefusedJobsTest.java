package dev.isoflop.operator.kubernetes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.bounds.Bounds;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusedJobsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final RefusedJobs refused = new RefusedJobs();

  /** Sweeps whose Jobs are refused may be made and deleted under ever new names. */
  @Test
  void noMoreAreRememberedThanFit() {
    for (int i = 0; i < 2 * RefusedJobs.MOST; i++) {
      refused.refused("research", "job-" + i, "digest", "no quota", NOW);
    }
    assertThat(
            IntStream.range(0, 2 * RefusedJobs.MOST)
                .filter(i -> refused.retryAt("research", "job-" + i).isPresent()))
        .hasSizeLessThanOrEqualTo(RefusedJobs.MOST);
  }

  @Test
  void whatAnApiServerSaysAtLengthIsKeptShort() {
    refused.refused("research", "job", "digest", "x".repeat(500_000), NOW);
    assertThat(refused.reason("research", "job", NOW))
        .hasValueSatisfying(
            reason ->
                assertThat(reason).startsWith("xxx").hasSizeLessThanOrEqualTo(Bounds.MESSAGE));
  }
}
