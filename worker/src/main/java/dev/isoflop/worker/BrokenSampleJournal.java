package dev.isoflop.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.BrokenSamples.Left;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.fault.DiskFault;
import dev.isoflop.worker.fault.TrialFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The file in a trial's folder that lists what the trial leaves out: a line for each sample, of
 * setting, place and problem, with tabs between them. A line that a crash cut off is met again.
 */
final class BrokenSampleJournal {
  private final Path file;
  private final Consumer<String> log;

  BrokenSampleJournal(Path file, Consumer<String> log) {
    this.file = file;
    this.log = log;
  }

  /**
   * What a trial leaves out, going on from earlier attempts.
   *
   * @param most samples of each set
   */
  BrokenSamples open(int most) throws TrialFault {
    return new BrokenSamples(most, read(), this::add);
  }

  /** A last line that a full disk has cut is none, and the next one begins where it did. */
  private List<Left> read() throws TrialFault {
    List<Left> known = new ArrayList<>();
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        byte[] bytes;
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
          bytes = content.readAllBytes();
        }
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
          whole--;
        }
        if (whole < bytes.length) {
          try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.truncate(whole);
          }
        }
        for (String line : new String(bytes, 0, whole, UTF_8).lines().toList()) {
          String[] parts = line.split("\t", -1);
          if (parts.length == 3) {
            known.add(new Left(parts[0], parts[1], parts[2]));
          }
        }
      }
    } catch (IOException e) {
      throw DiskFault.of(e, "reading " + file);
    }
    return known;
  }

  private void add(Left left) throws DataException {
    log.accept("left out: %s: %s".formatted(left.where(), left.problem()));
    String line =
        String.join("\t", left.field(), plain(left.where()), plain(left.problem())) + "\n";
    try {
      Files.writeString(
          file,
          line,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new DataException(
          Kind.Unreadable,
          file.toString(),
          "cannot be written (" + e + ")",
          "make room on its disk and start again",
          e);
    }
  }

  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
