package dev.isoflop.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownUriTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://host/a.tar?sig=SECRET&x=1 | https://host/a.tar?…",
        "https://me:SECRET@host:8443/a.tar | https://host:8443/a.tar",
        "https://me:SECRET@host/{0..3}.tar?sig=SECRET#SECRET | https://host/{0..3}.tar?…",
        "https://host/a.tar#SECRET | https://host/a.tar#…",
        "https://me:SE/CR?ET@host/a.tar | https://host/a.tar",
        "HTTPS://me:SECRET@host/a | HTTPS://host/a",
        "http:me:SECRET@host/a?b=SECRET | http:host/a?…",
        "s3://KEY:SECRET@bucket/a | s3://bucket/a",
        "https://host/a b?sig=SEC RET | https://host/a b?…",
        "https://a/x?sig=SEC,RET | https://a/x?…",
        "https://a/x?sig=SECRET, https://b/y?sig=SECRET | https://a/x?…, https://b/y?…",
        "file:///a/model.pt?token=SECRET | file:///a/model.pt?…",
        "{https://me:SECRET@a,https://me:SECRET@b}/x | {https://a,https://b}/x",
      })
  void secretsAreLeftOut(String uri, String shown) {
    assertThat(ShownUri.of(uri)).isEqualTo(shown).doesNotContain("SECRET");
    assertThat(ShownUri.of(shown)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shards/train-{00..31}.tar",
        "shards/?.tar,other/*.tar",
        "file:///a/shard-?.tar",
        "scenes:solid",
        "https://host/path@2/a.tar",
        "http://[::1]:9090/metrics",
        "http://prometheus.monitoring:9090",
        "",
      })
  void whatHoldsNoSecretStaysAsItIs(String uri) {
    assertThat(ShownUri.of(uri)).isEqualTo(uri);
    assertThat(ShownUri.in(uri)).isEqualTo(uri);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", ".", "9", "a.", ", ", "http://a@", "a:", ":/", "x:/.", "@/?#"})
  void longTextTakesNoLongerThanItsLength(String part) {
    String text = part.repeat(200_000 / part.length()) + "x";

    assertTimeout(Duration.ofSeconds(5), () -> ShownUri.in(text));
    assertTimeout(Duration.ofSeconds(5), () -> ShownUri.of(text));
  }

  @Test
  void aSchemeOfAnyLengthHidesWhatFollowsIt() {
    String scheme = "x".repeat(200);
    assertThat(ShownUri.in(scheme + "://me:SECRET@host/a?b=SECRET"))
        .isEqualTo(scheme + "://host/a?…");
  }

  @Test
  void urisWithinASentenceAreFound() {
    assertThat(
            ShownUri.in(
                "cannot GET 'https://me:SECRET@host/a?sig=SECRET': refused (https://b/c?k=SECRET);"
                    + " see https://d/e#SECRET."))
        .isEqualTo("cannot GET 'https://host/a?…': refused (https://b/c?…); see https://d/e#….");
  }
}
