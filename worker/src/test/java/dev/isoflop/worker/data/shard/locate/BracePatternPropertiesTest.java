package dev.isoflop.worker.data.shard.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written into a manifest. */
final class BracePatternPropertiesTest {
  @Property(tries = 500)
  void namesOrAReason(@ForAll("patterns") String pattern) {
    try {
      List<String> names = BracePattern.expand(pattern);
      assertThat(names).isNotEmpty().hasSizeLessThanOrEqualTo(BracePattern.MAXIMUM_NAMES);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Property(tries = 200)
  void aListPutTogetherAgainIsTheText(@ForAll("patterns") String pattern) {
    assertThat(String.join(",", BracePattern.splitList(pattern))).isEqualTo(pattern);
  }

  @Provide
  Arbitrary<String> patterns() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "{",
            "}",
            "..",
            ",",
            "0",
            "00",
            "9",
            "12",
            "999",
            "99999",
            "a",
            "{0..9}",
            "{000..120}",
            "{a,b}",
            "/",
            ".tar",
            "-",
            "x".repeat(500));
    return pieces.list().ofMaxSize(12).map(list -> String.join("", list));
  }
}
