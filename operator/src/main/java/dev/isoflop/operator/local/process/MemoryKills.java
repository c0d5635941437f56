package dev.isoflop.operator.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Number of processes that the kernel has killed for want of memory since it started. Such a kill
 * is {@code SIGKILL} like any other; only this count tells it from someone's {@code kill -9}.
 */
public interface MemoryKills {
  OptionalLong count();

  /**
   * The count in {@code /proc/vmstat}, which covers limits of containers as well; unknown on
   * systems without it.
   */
  static MemoryKills ofThisMachine() {
    return () -> read(Path.of("/proc/vmstat"));
  }

  static OptionalLong read(Path statistics) {
    try (Stream<String> lines = Files.lines(statistics)) {
      return lines
          .filter(line -> line.matches("oom_kill \\d{1,18}"))
          .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length())))
          .findFirst();
    } catch (IOException | java.io.UncheckedIOException notToldHere) {
      return OptionalLong.empty();
    }
  }
}
