package dev.isoflop.operator.plan;

import dev.isoflop.common.Sha256;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.trial.TrialExperiment;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of trials, such as {@code dit-1e17-l4w256-3f9a1c}: sweep, budget, shape, repeat if it is
 * not the first, and the start of the key. They are DNS labels with room for an attempt's number,
 * because Jobs, pods and labels carry them, and depend on nothing but their own trial, so that a
 * sweep can grow.
 */
final class TrialNames {
  private static final int LONGEST = 57;
  private static final int DIGEST_DIGITS = 6;

  private static final Pattern POINT =
      Pattern.compile(
          "-l(?<layers>\\d{1,4})w(?<width>\\d{1,5})(?:-r(?<repeat>\\d{1,4}))?-[0-9a-f]{6}$");

  private final String sweep;

  TrialNames(String sweep) {
    this.sweep = sweep;
  }

  String of(TrialExperiment experiment, String key) {
    String point =
        "-%s%s%s-%s"
            .formatted(
                NumberFormat.exact(experiment.budgetFlops()).replace('.', '-'),
                shape(experiment.shape()),
                experiment.repeat() == 0 ? "" : "-r" + experiment.repeat(),
                key.substring(0, DIGEST_DIGITS));
    return prefix(LONGEST - point.length()) + point;
  }

  /** The parts of a trial's name. */
  record Point(int layers, int width, int repeat) {}

  /** Reads the shape and the repeat from a name; empty if it is no trial's. */
  static Optional<Point> read(String name) {
    Matcher matcher = POINT.matcher(name);
    return matcher.find()
        ? Optional.of(
            new Point(
                Integer.parseInt(matcher.group("layers")),
                Integer.parseInt(matcher.group("width")),
                matcher.group("repeat") == null ? 0 : Integer.parseInt(matcher.group("repeat"))))
        : Optional.empty();
  }

  /** The part of a trial's name that tells its shape. */
  static String shape(TransformerShape shape) {
    return "-l%dw%d".formatted(shape.layers(), shape.width());
  }

  /** The sweep's name; where it must be changed, its digest keeps it apart from others. */
  private String prefix(int room) {
    String label =
        sweep
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9-]", "-")
            .replaceAll("^-+", "")
            .replaceAll("-+$", "");
    if (label.equals(sweep) && label.length() <= room) {
      return label;
    }
    String kept =
        label.substring(0, Math.min(label.length(), Math.max(0, room - DIGEST_DIGITS - 1)));
    String trimmed = kept.replaceAll("-+$", "");
    return trimmed.isEmpty() ? digest() : trimmed + "-" + digest();
  }

  private String digest() {
    return Sha256.hex(sweep).substring(0, DIGEST_DIGITS);
  }
}
