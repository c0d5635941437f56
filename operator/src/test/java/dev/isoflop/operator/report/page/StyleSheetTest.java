package dev.isoflop.operator.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.report.plot.Ink;
import dev.isoflop.operator.report.plot.Wcag;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours of the page's own text, in both schemes. */
class StyleSheetTest {

  private static final Pattern ROOT = Pattern.compile(":root \\{([^}]*--text[^}]*)}");
  private static final Pattern VARIABLE = Pattern.compile("--([a-z]+): (#[0-9a-f]{6})");

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void everyTextCanBeReadOnPaperAndOnSoftGround(int scheme) {
    List<Map<String, String>> schemes =
        ROOT.matcher(Assets.text("report.css"))
            .results()
            .map(it -> variables(it.group(1)))
            .toList();

    assertThat(schemes).hasSize(2);
    Map<String, String> colours = schemes.get(scheme);
    assertThat(colours.get("paper")).isEqualTo(scheme == 0 ? Ink.PAPER.light() : Ink.PAPER.dark());
    assertThat(List.of("text", "muted", "accent", "refusal", "warning", "notice"))
        .allSatisfy(
            name -> {
              for (String ground : List.of("paper", "soft")) {
                assertThat(Wcag.ratio(colour(colours, name), colour(colours, ground)))
                    .as("--%s on --%s", name, ground)
                    .isGreaterThanOrEqualTo(4.5);
              }
            });
  }

  private static Map<String, String> variables(String block) {
    Map<String, String> colours = new TreeMap<>();
    Matcher matcher = VARIABLE.matcher(block);
    while (matcher.find()) {
      colours.put(matcher.group(1), matcher.group(2));
    }
    return colours;
  }

  private static String colour(Map<String, String> colours, String name) {
    return Objects.requireNonNull(colours.get(name), name);
  }
}
