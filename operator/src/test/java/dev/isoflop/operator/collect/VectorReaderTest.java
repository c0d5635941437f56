package dev.isoflop.operator.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.api.v1alpha1.status.TrialProgress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that Prometheus gives, and answers that it does not. */
class VectorReaderTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static Map<String, Scrape> read(String answer, int part)
      throws UnreadableAnswerException {
    VectorReader reader = new VectorReader(Set.of("a", "b"));
    byte[] bytes = answer.getBytes(UTF_8);
    for (int from = 0; from < bytes.length; from += part) {
      reader.take(bytes, from, Math.min(bytes.length, from + part));
    }
    reader.end();
    return reader.scrapes(NOW);
  }

  private static String vector(String... series) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
        + String.join(",", series)
        + "]}}";
  }

  private static String series(String name, String trial, String value) {
    return "{\"metric\":{\"__name__\":\"%s\",\"pod\":\"p\",\"trial\":\"%s\"},\"value\":[1.5,\"%s\"]}"
        .formatted(name, trial, value);
  }

  @Test
  void theSameIsReadHoweverTheAnswerIsCut() throws UnreadableAnswerException {
    String answer =
        vector(
            series("isoflop_step", "a", "120"),
            series("isoflop_step", "a", "7"),
            series("isoflop_progress_ratio", "a", "+Inf"),
            series("isoflop_train_loss", "a", "NaN"),
            series("isoflop_step", "somebody else's", "3"));
    for (int part : new int[] {1, 2, 3, 7, 1000}) {
      Map<String, Scrape> scrapes = read(answer, part);
      assertThat(scrapes).containsOnlyKeys("a", "b");
      assertThat(scrapes.get("a"))
          .as("of steps, the first of two")
          .isEqualTo(new Scrape.Scraped(NOW, Optional.of(new TrialProgress(120, 1, null, null))));
      assertThat(scrapes.get("b")).isEqualTo(new Scrape.Silent(NOW));
    }
  }

  @Test
  void whatIsNotAVectorOfValuesTellsNothing() throws UnreadableAnswerException {
    String histogram =
        "{\"metric\":{\"__name__\":\"isoflop_step\",\"trial\":\"a\"},\"histogram\":[1,{\"count\":\"1\"}]}";
    assertThat(read(vector(histogram, "[]", "7", "{}"), 5).get("a"))
        .isEqualTo(new Scrape.Silent(NOW));
  }

  @Test
  void aTrialWithoutAStepOrAShareIsKnownAndHasNoProgress() throws UnreadableAnswerException {
    for (String name : new String[] {"isoflop_step", "isoflop_progress_ratio"}) {
      assertThat(read(vector(series(name, "a", "1"), series("isoflop_train_loss", "a", "1")), 9))
          .containsEntry("a", new Scrape.Scraped(NOW, Optional.empty()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "\"secret\"",
        "{\"secret\":1}",
        "{\"data\":{\"result\":\"secret\"}}",
        "{\"data\":{\"result\":[{\"secret\":",
        "{\"data\":{\"result\":[{\"metric\":{\"trial\":\"a\"},\"value\":[1,\"secret\"]}]}}",
        "<html>secret",
        "secret: 31\nother",
      })
  void whatIsNoAnswerToAQueryIsRefusedWithoutAWordOfIt(String answer) {
    assertThatThrownBy(() -> read(answer, 4))
        .isInstanceOf(UnreadableAnswerException.class)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void depthAndLengthsAreBounded() {
    for (String answer :
        new String[] {
          "[".repeat(40),
          "{\"data\":" + "[".repeat(40),
          vector(series("isoflop_step", "a", "1".repeat(65))),
          vector(series("isoflop_step", "a".repeat(40_000), "1")),
          "{\"" + "k".repeat(4000) + "\":1}",
          "{\"a\":" + "1".repeat(200) + "}"
        }) {
      assertThatThrownBy(() -> read(answer, 1024)).isInstanceOf(UnreadableAnswerException.class);
    }
  }
}
