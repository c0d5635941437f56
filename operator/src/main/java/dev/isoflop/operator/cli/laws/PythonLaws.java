package dev.isoflop.operator.cli.laws;

import dev.isoflop.api.v1alpha1.status.IntervalStatus;
import dev.isoflop.api.v1alpha1.status.LawIntervalStatus;
import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.api.v1alpha1.status.SurfaceStatus;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.text.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Laws as a Python module without dependencies (Python 3.6 or newer): functions of training FLOPs,
 * and every number and interval as a constant. A law that was refused has no function.
 */
public final class PythonLaws {
  private final LawEntries laws;
  private final double confidence;
  private final List<String> lines = new ArrayList<>();

  private PythonLaws(LawEntries laws, double confidence) {
    this.laws = laws;
    this.confidence = confidence;
  }

  /**
   * The module's text.
   *
   * @param sheet with laws
   * @param confidence of its intervals
   */
  public static String text(LawSheet sheet, double confidence) {
    return new PythonLaws(Objects.requireNonNull(sheet.laws(), "a sheet with laws"), confidence)
        .text();
  }

  private String text() {
    LawEntries.Provenance from = laws.provenance();
    lines.add("\"\"\"Scaling laws of compute-optimal models, in training FLOPs C.");
    lines.add("");
    lines.add(
        "Fitted by " + prose(from.software()) + "; FLOP convention " + prose(from.convention()));
    lines.add("Input " + prose(from.inputDigest()));
    lines.add("");
    lines.add("Each law is a dictionary: value(C) = offset + coefficient * C ** exponent.");
    lines.add("student and bootstrap hold the intervals (low, high) of exponent and coefficient;");
    lines.add("None where there is none. They are correlated: do not combine their ends.");
    lines.add("\"\"\"");
    lines.add("");
    lines.add("CONFIDENCE = " + confidence);
    lines.add("INPUT_DIGEST = " + literal(from.inputDigest()));
    lines.add("FINDINGS = [");
    laws.findings().forEach(finding -> lines.add("    " + literal(finding) + ","));
    lines.add("]");
    lines.add("");
    for (LawQuantity quantity : LawQuantity.values()) {
      LawStatus law = laws.law(quantity);
      if (law != null || quantity.main()) {
        law(function(quantity), meaning(quantity), law);
      }
    }
    metrics();
    surface();
    lines.add("");
    lines.add("");
    lines.add("def _value(law, c):");
    lines.add("    return law[\"offset\"] + law[\"coefficient\"] * c ** law[\"exponent\"]");
    return String.join("\n", lines) + "\n";
  }

  private static String function(LawQuantity quantity) {
    return switch (quantity) {
      case PARAMETERS -> "n_opt";
      case TOKENS -> "d_opt";
      case SAMPLES -> "s_opt";
      case LOSS -> "loss";
    };
  }

  private static String meaning(LawQuantity quantity) {
    return switch (quantity) {
      case PARAMETERS -> "Compute-optimal parameters N*(C).";
      case TOKENS -> "Compute-optimal training tokens D*(C).";
      case SAMPLES -> "Compute-optimal training samples S*(C).";
      case LOSS -> "Loss of the compute-optimal model.";
    };
  }

  private void law(String function, String meaning, @Nullable LawStatus law) {
    if (law == null) {
      lines.add("# " + meaning + " Not fitted: see FINDINGS.");
      lines.add("");
      return;
    }
    String constant = function.toUpperCase(Locale.ROOT);
    lines.add(constant + " = " + dictionary(law));
    lines.add("");
    lines.add("");
    lines.add("def " + function + "(c):");
    lines.add("    \"\"\"" + meaning + "\"\"\"");
    lines.add("    return _value(" + constant + ", c)");
    lines.add("");
    lines.add("");
  }

  private void metrics() {
    if (laws.metrics().isEmpty()) {
      return;
    }
    lines.add("METRICS = {");
    for (LawEntries.Metric metric : laws.metrics()) {
      lines.add("    " + literal(metric.title()) + ": " + dictionary(metric.law()) + ",");
    }
    lines.add("}");
    lines.add("");
    lines.add("");
    lines.add("def metric(name, c):");
    lines.add(
        "    \"\"\"A metric of the compute-optimal model; names are the keys of METRICS.\"\"\"");
    lines.add("    return _value(METRICS[name], c)");
    lines.add("");
    lines.add("");
  }

  private void surface() {
    SurfaceStatus surface = laws.surface();
    if (surface == null) {
      return;
    }
    lines.add("def surface(n, d):");
    lines.add("    \"\"\"Loss of any model, by the surface that cross-checks the laws.\"\"\"");
    lines.add(
        "    return %s + %s / n ** %s + %s / d ** %s"
            .formatted(
                surface.irreducible(), surface.a(), surface.alpha(), surface.b(), surface.beta()));
  }

  private static String dictionary(LawStatus law) {
    Double offset = law.offset();
    return "{\"coefficient\": %s, \"exponent\": %s, \"offset\": %s, \"student\": %s, \"bootstrap\": %s}"
        .formatted(
            law.coefficient(),
            law.exponent(),
            offset == null ? 0.0 : offset,
            intervals(law.studentInterval()),
            intervals(law.interval()));
  }

  private static String intervals(@Nullable LawIntervalStatus interval) {
    return interval == null
        ? "None"
        : "{\"exponent\": %s, \"coefficient\": %s}"
            .formatted(pair(interval.exponent()), pair(interval.coefficient()));
  }

  private static String pair(@Nullable IntervalStatus interval) {
    return interval == null ? "None" : "(%s, %s)".formatted(interval.lower(), interval.upper());
  }

  /** Text that cannot end a docstring. */
  private static String prose(String text) {
    return ShownText.line(text).replace('\\', '/').replace('"', '\'').replaceAll("\\R", " ");
  }

  private static String literal(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\') {
                out.append('\\').appendCodePoint(point);
              } else if (ShownText.isControl(point)) {
                out.append("\\u%04x".formatted(point));
              } else {
                out.appendCodePoint(point);
              }
            });
    return out.append('"').toString();
  }
}
