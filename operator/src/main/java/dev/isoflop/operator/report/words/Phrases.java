package dev.isoflop.operator.report.words;

import dev.isoflop.laws.compare.ComparisonRule;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.options.SurfaceObjective;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.text.Confidence;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Words and symbols of the report. */
public final class Phrases {

  public static final RichText N = RichText.EMPTY.italic("N");
  public static final RichText D = RichText.EMPTY.italic("D");
  public static final RichText C = RichText.EMPTY.italic("C");
  static final RichText LOSS = RichText.EMPTY.italic("L");
  public static final RichText N_OPTIMAL = N.text("*");
  public static final RichText D_OPTIMAL = D.text("*");
  public static final RichText S_OPTIMAL = RichText.EMPTY.italic("S").text("*");
  public static final RichText LOSS_OPTIMAL = LOSS.text("*");

  /** Text in place of a law or its numbers where the page's top says what is missing. */
  public static final String SEE_TOP = "\u201cRead this first\u201d says why";

  private Phrases() {}

  /** {@code k C^a}. */
  public static RichText equation(RichText quantity, PowerLaw law) {
    RichText text =
        quantity
            .text(" = ")
            .then(Numerals.scientific(law.coefficient(), 3))
            .text("\u2009")
            .italic("C")
            .superscript(exponent(law));
    return law.offset().isPresent()
        ? text.text(" + " + Numerals.significant(law.offset().getAsDouble(), 3))
        : text;
  }

  public static String exponent(PowerLaw law) {
    return Numerals.decimal(law.exponent(), exponentDecimals(law));
  }

  /**
   * Decimals of the exponent that its interval justifies, but three significant digits at least.
   */
  public static int exponentDecimals(PowerLaw law) {
    int decimals = NumberFormat.decimals(law.exponent(), law.interval().exponent().width());
    return QuantityFormat.decimals(decimals).apart(law.interval().exponent()).digits();
  }

  /** {@code [0.528, 0.579]}. */
  public static String exponentInterval(PowerLaw law, Interval interval) {
    return QuantityFormat.decimals(exponentDecimals(law)).interval(interval);
  }

  /** R² with four digits, and never as 1 unless it is. */
  public static String rSquared(double value) {
    return value < 1 && value > 0.99995 ? "> 0.9999" : Numerals.significant(value, 4);
  }

  public static String equalsRSquared(double value) {
    String text = rSquared(value);
    return text.startsWith(">") ? text : "= " + text;
  }

  /** A rule that reads two sweeps, for people. */
  public static String rule(ComparisonRule rule) {
    return switch (rule) {
      case MODEL -> "Model, on equal data";
      case DATA -> "Data, with equal models";
      case PIPELINE -> "Pipeline, whatever changed";
      case EQUAL_COMPUTE -> "Lower loss at equal compute";
    };
  }

  /** The law or laws that a rule reads. */
  public static String subject(dev.isoflop.laws.compare.RuleVerdict reading) {
    return switch (reading.rule()) {
      case MODEL, DATA -> "N* and D*";
      case PIPELINE, EQUAL_COMPUTE -> reading.subject().title();
    };
  }

  /** Objective of a surface fit. */
  public static String objective(SurfaceObjective objective) {
    return objective instanceof SurfaceObjective.HuberOnLog huber
        ? "sum of Huber losses of the log loss, \u03b4 = " + Numerals.significant(huber.delta(), 1)
        : "least squares of the loss";
  }

  public static String percent(double confidence) {
    return Confidence.percent(confidence).replace(' ', '\u00a0');
  }

  public static String loss(double value) {
    return QuantityFormat.LOSS.of(value);
  }

  /** Distance of a budget from others: {@code inside}, or {@code 3.1x above}, {@code below}. */
  public static String reach(double factor, boolean above) {
    if (factor <= 1) {
      return "inside";
    }
    String times =
        factor < 9.95
            ? Numerals.significant(factor, 2)
            : factor < 1e4
                ? NumberFormat.whole(Math.round(factor))
                : Numerals.significant(factor, 2);
    return times + "\u00d7\u00a0" + (above ? "above" : "below");
  }

  /** A moment to the second, in UTC: {@code 2026-11-23T08:30:00Z}. */
  public static String time(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * A measurement with its standard error in brackets, in units of the last digit: {@code
   * 0.8224(11)}; with four digits where the error is unknown.
   */
  public static String reading(MeasuredValue reading) {
    if (!reading.isFinite() || reading.usableError().isEmpty()) {
      return Numerals.significant(reading.value(), 4);
    }
    double error = reading.usableError().getAsDouble();
    int exponent = (int) Math.floor(StrictMath.log10(error));
    int digits = error / StrictMath.pow(10, exponent) < 2.95 ? 2 : 1;
    int decimals = Math.min(12, Math.max(0, digits - 1 - exponent));
    return Numerals.decimal(reading.value(), decimals)
        + "("
        + Math.round(error * StrictMath.pow(10, decimals))
        + ")";
  }

  /** {@code validation loss, laion}, as readers know the metrics. */
  public static String series(MetricSeries series) {
    return series.dataset().isEmpty()
        ? metric(series.metric())
        : metric(series.metric()) + ", " + series.dataset();
  }

  public static String metric(String name) {
    return switch (name) {
      case "ValidationLoss" -> "validation loss";
      case "Likelihood" -> "negative log-likelihood";
      default -> name;
    };
  }

  /** The metric with its unit, as an axis needs it. */
  public static String axis(String name) {
    return switch (name) {
      case "VLB", "Likelihood" -> capital(metric(name)) + " (bits per dimension)";
      default -> capital(metric(name));
    };
  }

  public static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
            + text.substring(text.offsetByCodePoints(0, 1));
  }

  /** {@code a, b and c}. */
  public static String list(List<String> items) {
    int last = items.size() - 1;
    return last < 1
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }
}
