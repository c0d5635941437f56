package dev.isoflop.operator.kubernetes.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.kubernetes.SmallSweeps;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventResourcesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static String note(String message) {
    return new EventResources("test")
        .of(
            SmallSweeps.of("sweep", SmallSweeps.specs()),
            new Transitions.Notice(false, "Planned", message, ""),
            NOW)
        .getNote();
  }

  @Test
  void aNoteThatFitsStaysAsItIs() {
    String fits = "é".repeat(512);
    assertThat(note(fits)).isEqualTo(fits);
  }

  @Test
  void aLongerOneIsCutToAThousandAndTwentyFourBytesBetweenCharacters() {
    assertThat(note("x".repeat(1025))).isEqualTo("x".repeat(1021) + "…");
    assertThat(note("😀".repeat(300))).isEqualTo("😀".repeat(255) + "…");
    assertThat(note("é".repeat(600)).getBytes(UTF_8)).hasSizeLessThanOrEqualTo(1024);
  }
}
