package dev.isoflop.worker.fault;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What libtorch says of a GPU whose memory ran out, in GiB.
 *
 * @param asked size of the allocation that failed
 * @param total memory of the device
 * @param free of it at that moment
 * @param own part of it that this process holds; null if libtorch does not know, as in a container
 *     with process numbers of its own
 */
record GpuMemory(double asked, double total, double free, @Nullable Double own) {
  /** Share of a device from which memory of others counts; drivers keep some for themselves. */
  private static final double NOTABLE = 0.05;

  private static final String SIZE = "([\\d.]+ (?:bytes|KiB|MiB|GiB))";

  private static final Pattern MESSAGE =
      Pattern.compile(
          "CUDA out of memory\\. Tried to allocate "
              + SIZE
              + "\\. GPU \\d+ has a total capacity of "
              + SIZE
              + " of which "
              + SIZE
              + " is free\\.(?:.*?this process has "
              + SIZE
              + " memory in use)?",
          Pattern.DOTALL);

  /** The numbers in a message of libtorch 2; empty if it is another one. */
  static Optional<GpuMemory> in(String message) {
    Matcher matcher = MESSAGE.matcher(message);
    if (!matcher.find()) {
      return Optional.empty();
    }
    double total = gibibytes(matcher.group(2));
    String own = matcher.group(4);
    boolean known = own != null && gibibytes(own) <= total; // "not available" reads as 2^64 bytes
    return Optional.of(
        new GpuMemory(
            gibibytes(matcher.group(1)),
            total,
            gibibytes(matcher.group(3)),
            known ? gibibytes(own) : null));
  }

  private static double gibibytes(String size) {
    int space = size.indexOf(' ');
    double value = Double.parseDouble(size.substring(0, space));
    return switch (size.substring(space + 1)) {
      case "GiB" -> value;
      case "MiB" -> value / (1 << 10);
      case "KiB" -> value / (1 << 20);
      default -> value / (1 << 30);
    };
  }

  /** Whether other processes hold a notable part of the device. */
  boolean heldByOthers() {
    return own != null && total - free - own > NOTABLE * total;
  }

  String sentence() {
    return "%.2f GiB more were asked for on a GPU of %.2f GiB, of which %s%.2f GiB were free"
        .formatted(
            asked,
            total,
            own == null ? "" : "this process held %.2f GiB and ".formatted(own),
            free);
  }
}
