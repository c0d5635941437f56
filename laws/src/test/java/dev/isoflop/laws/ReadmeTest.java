package dev.isoflop.laws;

import static dev.isoflop.laws.text.NumberFormat.interval;
import static dev.isoflop.laws.text.NumberFormat.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.PowerLaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What README.md shows of the library. */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final Path HERE = Path.of("src/test/java/dev/isoflop/laws/ReadmeTest.java");
  private static final Path PAGE = Path.of("src/main/java/dev/isoflop/laws/package-info.java");

  /** Between its marks stands the example of README.md, line for line. */
  @Test
  void exampleGivesWhatIsShown() throws IOException {
    // begin of the example
    List<TrainedPoint> points = new ArrayList<>();
    for (double budget : new double[] {1e17, 3e17, 1e18, 3e18}) {
      for (double share : new double[] {.25, .5, 1, 2, 4}) {
        double parameters = share * 0.08 * Math.sqrt(budget);
        double tokens = budget / (6 * parameters);
        double loss = 1.69 + 406.4 / Math.pow(parameters, .34) + 410.7 / Math.pow(tokens, .28);
        points.add(TrainedPoint.of("model " + points.size(), budget, parameters, tokens, loss));
      }
    }
    Laws laws = new LawFitter(1).fit(points, LawOptions.defaults());
    PowerLaw size = laws.parameters().value().orElseThrow();
    String law = "N* = " + number(size.coefficient()) + " C^" + number(size.exponent());
    String exponent = "95 % of the exponent: " + interval(size.interval().exponent());
    String optimum = "N* at 1e20: " + number(size.at(1e20));
    // end of the example

    assertThat(Files.readString(README)).contains(String.join("\n", law, exponent, optimum));
  }

  @Test
  void showsTheExampleThatRunsHere() throws IOException {
    assertThat(block("```java\n", "```", README))
        .isEqualTo(block("    // begin of the example\n", "    // end of the example", HERE));
  }

  @Test
  void namesThePackagesInTheOrderOfThePackagePage() throws IOException {
    List<String> order = packages("dev\\.isoflop\\.laws\\.([a-z]+)\\}", PAGE);

    assertThat(order).hasSize(11);
    assertThat(packages("`([a-z]+)`", README)).isEqualTo(order);
  }

  private static List<String> packages(String pattern, Path file) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
    return matcher.results().map(found -> found.group(1)).toList();
  }

  /** The lines between two marks, without the spaces that all of them begin with. */
  private static String block(String begin, String end, Path file) throws IOException {
    String text = Files.readString(file);
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from)).stripTrailing().stripIndent();
  }
}
