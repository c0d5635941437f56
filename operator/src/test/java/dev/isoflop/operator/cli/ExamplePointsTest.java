package dev.isoflop.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The example tables are drawn from known surfaces and seeds. After a wanted change write them anew
 * with {@code mvn -pl operator -am test -Dtest=ExamplePointsTest -Disoflop.golden=write}.
 */
class ExamplePointsTest {
  private static final double[] BUDGETS = {1e17, 3e17, 6e17, 1e18, 3e18, 6e18};
  private static final int SIZES = 7;

  @Test
  void exampleIsWhatItsSeedGives() throws IOException {
    requireGolden(
        Program.EXAMPLE,
        """
        # Synthetic, to try the commands on: nothing here was trained. Losses are drawn from
        # L(N, D) = 0.45 + 5.9 / N^0.21 + 22 / D^0.19 under C = 6ND with 0.3 % noise; out of domain, 0.021 is added.
        # FID is 180 (L - 0.45)^4 in domain and 240 (L - 0.45)^3.6 out of it, with 2 % noise.
        """,
        points(new Random(20260101), 5.9, 22));
  }

  @Test
  void otherExampleHasABetterModelTerm() throws IOException {
    requireGolden(
        Program.OTHER_EXAMPLE,
        """
        # Synthetic, as points.csv, but with a smaller model term: L(N, D) = 0.45 + 4.7 / N^0.21 + 22 / D^0.19.
        """,
        points(new Random(20260102), 4.7, 22));
  }

  private static String points(Random random, double a, double b) {
    StringBuilder rows =
        new StringBuilder(
            "budget,parameters,tokens,loss,ValidationLoss@in-domain,ValidationLoss@out-of-domain,"
                + "FID@in-domain,FID@out-of-domain\n");
    double alpha = 0.21;
    double beta = 0.19;
    for (double budget : BUDGETS) {
      double ratio = alpha * a / (beta * b) * StrictMath.pow(budget / 6, beta);
      double optimum = StrictMath.pow(ratio, 1 / (alpha + beta));
      for (int i = 0; i < SIZES; i++) {
        double span = StrictMath.pow(8, -1 + 2.0 * i / (SIZES - 1));
        double size = 1000 * Math.rint(1.15 * optimum * span / 1000);
        double tokens = Math.rint(budget / 6 / size);
        double excess = a * StrictMath.pow(size, -alpha) + b * StrictMath.pow(tokens, -beta);
        double loss = 0.45 + excess;
        String inDomain = format("%.5f", noisy(loss, 0.003, random));
        rows.append(
            format(
                "%.0e,%.0f,%.0f,%s,%s,%.5f,%.3f,%.3f%n",
                budget,
                size,
                tokens,
                inDomain,
                inDomain,
                noisy(loss + 0.021, 0.003, random),
                noisy(180 * StrictMath.pow(excess, 4), 0.02, random),
                noisy(240 * StrictMath.pow(excess, 3.6), 0.02, random)));
      }
    }
    return rows.toString();
  }

  private static double noisy(double value, double share, Random random) {
    return value * StrictMath.exp(share * random.nextGaussian());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern.replace("%n", "\n"), values);
  }

  private static void requireGolden(Path file, String comment, String rows) throws IOException {
    if ("write".equals(System.getProperty("isoflop.golden"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, comment + rows);
    }
    assertThat(Files.readString(file)).isEqualTo(comment + rows);
  }
}
