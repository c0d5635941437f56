package dev.isoflop.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminationMessageTest {
  private static final List<Metric> USUAL =
      List.of(Metric.ValidationLoss, Metric.VLB, Metric.Likelihood, Metric.FID, Metric.KID);

  /** A result with digits and digests as long as real ones. */
  private static TrialResult result(int sets) {
    Random random = new Random(1);
    List<MetricValue> metrics = new ArrayList<>();
    for (int set = 0; set < sets; set++) {
      for (Metric metric : USUAL) {
        String digest =
            random.ints(64, 0, 16).mapToObj(Integer::toHexString).collect(Collectors.joining());
        metrics.add(
            new MetricValue(
                metric,
                "dataset-" + set,
                random.nextDouble(),
                random.nextDouble() / 1e3,
                50_000,
                "sha256:" + digest));
      }
    }
    return new TrialResult(
        "sweep-1e17-l4w256-3f9a1c",
        "0123456789abcdef",
        TrialOutcome.succeeded(),
        393_216,
        400_000,
        17,
        17_408,
        5e6,
        1e17,
        random.nextDouble(),
        metrics,
        12.5,
        1.5,
        random.nextDouble(),
        "isoflop worker 0.1.0, libtorch 2.7.1, gpu(0) NVIDIA H200, BF16");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 7})
  void whatTheKubeletKeepsIsTheWholeResult(int sets) throws Exception {
    TrialResult result = result(sets);
    byte[] message = TerminationMessage.of(result);
    assertThat(message).hasSizeLessThanOrEqualTo(TerminationMessage.LARGEST_BYTES);
    assertThat(TerminationMessage.read(new String(message, UTF_8))).isEqualTo(result);
  }

  @Test
  void aShortResultStaysReadableForPeople() {
    assertThat(new String(TerminationMessage.of(result(1)), UTF_8)).startsWith("{\"trial\"");
  }

  @Test
  void aMessageThatWasCutOffIsNoResult() {
    String whole = new String(TerminationMessage.of(result(7)), UTF_8);
    for (int kept : new int[] {8, 9, 100, whole.length() / 2, whole.length() - 4}) {
      assertThatThrownBy(() -> TerminationMessage.read(whole.substring(0, kept)))
          .as("%d characters", kept)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aMessageThatUnpacksToMoreThanAnyResultIsRefused() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(bytes)) {
      deflate.write(new byte[1 << 20]);
    }
    String bomb = "deflate:" + Base64.getEncoder().encodeToString(bytes.toByteArray());
    assertThatThrownBy(() -> TerminationMessage.read(bomb)).hasMessageContaining("65536 bytes");
    assertThatThrownBy(() -> TerminationMessage.read("deflate:not base64!"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aTokenIsThereAlsoWhereTheResultIsCompressed() throws IOException {
    for (int sets : List.of(1, 7)) {
      String message = new String(TerminationMessage.of(result(sets), "0123abcd"), UTF_8);
      assertThat(TerminationMessage.content(message).token()).isEqualTo("0123abcd");
      assertThat(TerminationMessage.content(message).result()).isEqualTo(result(sets));
    }
    String without = new String(TerminationMessage.of(result(1)), UTF_8);
    assertThat(TerminationMessage.content(without).token()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "17",
        "",
        "{\"steps\":1.5}",
        "{\"steps\":\"7\"}",
        "{\"steps\":true}",
        "{\"trial\":\"a\",\"trial\":\"b\"}",
        "{\"metrics\":[null]}",
        "{\"outcome\":{\"type\":0}}",
        "{\"steps\":99999999999999999999999999999999999999999999999999}",
        "{} {}"
      })
  void whatIsNoResultIsRefused(String message) {
    assertThatThrownBy(() -> TerminationMessage.read(message)).isInstanceOf(IOException.class);
  }

  @Test
  void neitherDepthNorLengthIsWithoutBound() {
    assertThatThrownBy(() -> TerminationMessage.read("[".repeat(4000)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nesting depth");
    assertThatThrownBy(() -> TerminationMessage.read(" ".repeat(5000)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("4096");
  }
}
