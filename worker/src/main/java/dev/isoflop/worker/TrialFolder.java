package dev.isoflop.worker;

import com.fasterxml.jackson.core.JacksonException;
import dev.isoflop.common.DurableFile;
import dev.isoflop.common.HeldFolder;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.ProcessIdentity;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialResult;
import dev.isoflop.worker.evaluate.MeasurementRecord;
import dev.isoflop.worker.fault.DiskFault;
import dev.isoflop.worker.fault.TrialFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trial's folder, held by one worker at a time: the operating system frees the lock of a dead
 * one.
 */
final class TrialFolder implements AutoCloseable {
  /** Bytes of a result, and far more than any has. */
  private static final int LARGEST_RESULT = 1 << 24;

  private final Path path;
  private final FileChannel lock;

  private TrialFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates the folder if need be and takes its lock.
   *
   * @throws TrialFault if another worker holds it
   */
  static TrialFolder open(Path path) throws TrialFault {
    FileChannel channel = null;
    try {
      try (HeldFolder folder = HeldFolder.make(path)) {
        channel = folder.open(TrialFiles.LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      }
      if (tryLock(channel)) {
        tellOwner(channel);
        return new TrialFolder(path, channel);
      }
      channel.close();
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw DiskFault.of(e, "opening the trial's folder " + path);
    }
    throw TrialFault.passing(
        OutcomeReason.FolderLocked,
        "runtime.folder: another worker is at work in %s; wait for it, or give the trial a folder of its"
                .formatted(path)
            + " own");
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) { // held by this very process
      return false;
    }
  }

  /** Writes into the file that is locked which process this is, for a parent that looks for it. */
  private static void tellOwner(FileChannel channel) throws IOException {
    String own = ProcessIdentity.of(ProcessHandle.current(), Instant.now()).text();
    channel.truncate(0);
    HeldFolder.writeAll(channel, ByteBuffer.wrap(own.getBytes(StandardCharsets.UTF_8)));
  }

  private static void closeQuietly(@Nullable FileChannel channel, IOException cause) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  Path path() {
    return path;
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /** The result that is already there, if it is readable. */
  public Optional<TrialResult> result() throws TrialFault {
    Path file = file(TrialFiles.RESULT);
    try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = content.readNBytes(LARGEST_RESULT);
      return Optional.of(TrialJson.MAPPER.readValue(bytes, TrialResult.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty(); // not written by this version; the trial's own end will replace it
    } catch (IOException e) {
      throw DiskFault.of(e, "reading " + file);
    }
  }

  /** Replaces the result; it is on the disk when this returns. */
  public void write(TrialResult result) throws TrialFault {
    Path file = file(TrialFiles.RESULT);
    try {
      DurableFile.write(file, TrialJson.MAPPER.writeValueAsBytes(result));
    } catch (IOException e) {
      throw DiskFault.of(e, "writing " + file);
    }
  }

  /** Tells people how the numbers of the result were measured: digest, and what it is of. */
  void writeMeasurements(List<MeasurementRecord> records) throws TrialFault {
    Path file = file(TrialFiles.MEASUREMENTS);
    Map<String, Map<String, String>> byDigest = new LinkedHashMap<>();
    records.forEach(record -> byDigest.put(record.digest(), record.entries()));
    try {
      DurableFile.write(
          file, TrialJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(byDigest));
    } catch (IOException e) {
      throw DiskFault.of(e, "writing " + file);
    }
  }

  /** Forgets how an earlier attempt ended. */
  void removeResult() throws TrialFault {
    Path file = file(TrialFiles.RESULT);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw DiskFault.of(e, "removing " + file);
    }
  }

  /** Tells the port that the metrics are served on. */
  void writePort(int port) throws TrialFault {
    Path file = file(TrialFiles.METRICS_PORT);
    try {
      DurableFile.write(file, (port + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw DiskFault.of(e, "writing " + file);
    }
  }

  @Override
  public void close() throws TrialFault {
    try {
      lock.close();
    } catch (IOException e) {
      throw DiskFault.of(e, "closing " + file(TrialFiles.LOCK));
    }
  }
}
