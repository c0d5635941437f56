package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataNotes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Counts files that look like parts of samples and are left out, because names are split at their
 * first dot: {@code img.v1.0001.jpg} is the file {@code v1.0001.jpg} of the sample {@code img}.
 * Safe for use by threads.
 */
final class DottedNames {
  private final DataNotes notes;
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable String> first = new AtomicReference<>();

  DottedNames(DataNotes notes) {
    this.notes = notes;
  }

  /** Takes the count of a shard that was read to its end, which it may be again and again. */
  void leftOut(String shard, long files, String example) {
    counts.put(shard, files);
    first.compareAndSet(null, example);
    notes.once("dotted names", "%s: %s; %s".formatted(shard, told(files, example), REMEDY));
  }

  /** What was left out so far, with the way out; empty if nothing was. */
  Optional<String> advice() {
    String example = first.get();
    return example == null
        ? Optional.empty()
        : Optional.of(
            "%s; %s"
                .formatted(
                    told(counts.values().stream().mapToLong(Long::longValue).sum(), example),
                    REMEDY));
  }

  private static final String REMEDY =
      "write names without dots before the extension, such as img_v1_0001.jpg";

  private static String told(long files, String example) {
    return "%s such as %s left out, for a sample's files share the text before the first dot of their names"
        .formatted(
            files == 1 ? "1 file" : files + " files", example + (files == 1 ? " is" : " are"));
  }
}
