package dev.isoflop.operator.cli.laws;

import dev.isoflop.api.v1alpha1.status.IntervalStatus;
import dev.isoflop.api.v1alpha1.status.LawIntervalStatus;
import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.api.v1alpha1.status.SurfaceStatus;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.text.Confidence;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.words.Latex;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Laws for a paper, in plain LaTeX without packages: a command for each number, an equation for
 * each law, and a table. The text can be read into any document with {@code \input}.
 */
public final class LatexLaws {
  private final LawEntries laws;
  private final String percent;
  private final List<String> lines = new ArrayList<>();

  private LatexLaws(LawEntries laws, double confidence) {
    this.laws = laws;
    this.percent = Latex.escape(Confidence.percent(confidence)).replace(" ", "\\,");
  }

  /**
   * The text.
   *
   * @param sheet with laws
   * @param confidence of its intervals
   */
  public static String text(LawSheet sheet, double confidence) {
    LawEntries laws = Objects.requireNonNull(sheet.laws(), "a sheet with laws");
    return new LatexLaws(laws, confidence).text();
  }

  private String text() {
    provenance();
    for (LawQuantity quantity : LawQuantity.values()) {
      commands(commandName(quantity), laws.law(quantity));
    }
    equations();
    table();
    return String.join("\n", lines) + "\n";
  }

  private void provenance() {
    LawEntries.Provenance from = laws.provenance();
    lines.add("% Scaling laws in training FLOPs C, fitted by " + comment(from.software()) + ".");
    lines.add("% FLOP convention: " + comment(from.convention()) + ".");
    lines.add("% Input: " + comment(from.inputDigest()));
    laws.findings().forEach(finding -> lines.add("% Finding: " + comment(finding)));
  }

  /** Text that stays in its comment. */
  private static String comment(String text) {
    return text.replaceAll("\\R", " ");
  }

  /** The part of a command's name that stands for the quantity. */
  private static String commandName(LawQuantity quantity) {
    return switch (quantity) {
      case PARAMETERS -> "Model";
      case TOKENS -> "Data";
      case SAMPLES -> "Samples";
      case LOSS -> "Loss";
    };
  }

  private static String symbol(LawQuantity quantity) {
    return switch (quantity) {
      case PARAMETERS -> "N^*";
      case TOKENS -> "D^*";
      case SAMPLES -> "S^*";
      case LOSS -> "L^*";
    };
  }

  private static String name(LawQuantity quantity) {
    return switch (quantity) {
      case PARAMETERS -> "Model size";
      case TOKENS -> "Tokens";
      case SAMPLES -> "Samples";
      case LOSS -> "Loss";
    };
  }

  private void commands(String name, @Nullable LawStatus law) {
    if (law == null) {
      return;
    }
    command(name + "Coefficient", math(law.coefficient(), 4));
    command(name + "Exponent", decimal(law.exponent(), decimals(law)));
    Double offset = law.offset();
    if (offset != null) {
      command(name + "Offset", math(offset, 4));
    }
    interval(law, law.studentInterval())
        .ifPresent(text -> command(name + "ExponentInterval", text));
    interval(law, law.interval())
        .ifPresent(text -> command(name + "ExponentBootstrapInterval", text));
  }

  private void command(String name, String value) {
    lines.add("\\newcommand{\\isoflop" + name + "}{\\ensuremath{" + value + "}}");
  }

  private void equations() {
    for (LawQuantity quantity : LawQuantity.values()) {
      equation(symbol(quantity) + "(C)", laws.law(quantity));
    }
    SurfaceStatus surface = laws.surface();
    if (surface != null) {
      lines.add(
          "\\[ L(N, D) = %s + \\frac{%s}{N^{%s}} + \\frac{%s}{D^{%s}} \\]"
              .formatted(
                  math(surface.irreducible(), 4),
                  math(surface.a(), 4),
                  decimal(surface.alpha(), 4),
                  math(surface.b(), 4),
                  decimal(surface.beta(), 4)));
    }
  }

  private void equation(String symbol, @Nullable LawStatus law) {
    if (law != null) {
      lines.add("\\[ %s = %s \\]".formatted(symbol, formula(law)));
    }
  }

  private static String formula(LawStatus law) {
    Double offset = law.offset();
    return (offset == null ? "" : math(offset, 3) + " + ")
        + math(law.coefficient(), 3)
        + " \\, C^{"
        + decimal(law.exponent(), decimals(law))
        + "}";
  }

  private void table() {
    lines.add("\\begin{tabular}{llrrrrr}");
    lines.add("\\hline");
    lines.add(
        "Quantity & Law & Exponent & %s ($t$) & %s (bootstrap) & $R^2$ & Budgets \\\\"
            .formatted(percent, percent));
    lines.add("\\hline");
    for (LawQuantity quantity : LawQuantity.values()) {
      LawStatus law = laws.law(quantity);
      if (law != null || quantity.main()) {
        row(name(quantity) + " $" + symbol(quantity) + "$", law);
      }
    }
    laws.metrics().forEach(metric -> row(Latex.escape(metric.title()), metric.law()));
    lines.add("\\hline");
    lines.add("\\end{tabular}");
  }

  private void row(String name, @Nullable LawStatus law) {
    if (law == null) {
      lines.add(name + " & not fitted & & & & & \\\\");
      return;
    }
    lines.add(
        "%s & $%s$ & $%s$ & %s & %s & %s & %d \\\\"
            .formatted(
                name,
                formula(law),
                decimal(law.exponent(), decimals(law)),
                interval(law, law.studentInterval()).map(it -> "$" + it + "$").orElse("--"),
                interval(law, law.interval()).map(it -> "$" + it + "$").orElse("--"),
                law.rSquared() == null ? "--" : NumberFormat.decimal(law.rSquared(), 4),
                law.points()));
  }

  private static Optional<String> interval(LawStatus law, @Nullable LawIntervalStatus interval) {
    if (interval == null) {
      return Optional.empty();
    }
    IntervalStatus exponent = interval.exponent();
    return Optional.of(
        NumberFormat.interval(
            exponent.lower(), exponent.upper(), decimals(law), LatexLaws::decimal));
  }

  private static int decimals(LawStatus law) {
    LawIntervalStatus interval = law.studentInterval();
    double width =
        interval == null
            ? Double.POSITIVE_INFINITY
            : interval.exponent().upper() - interval.exponent().lower();
    return NumberFormat.decimals(law.exponent(), width);
  }

  private static String decimal(double value, int decimals) {
    return NumberFormat.decimal(value, decimals);
  }

  /** {@code 8.92 \times 10^{-4}}. */
  private static String math(double value, int digits) {
    String text = NumberFormat.significant(value, digits);
    int e = text.indexOf('e');
    return e < 0 ? text : text.substring(0, e) + " \\times 10^{" + text.substring(e + 1) + "}";
  }
}
