package dev.isoflop.operator.local.process;

import dev.isoflop.operator.local.store.AttemptRecord;
import dev.isoflop.operator.local.store.FolderLock;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.trial.ProcessIdentity;
import dev.isoflop.trial.TrialFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the workers of a run whose parent was killed. They go on training, so they are taken over
 * rather than doubled. A worker is known by its id, start, program and user, as they were recorded
 * when it was launched, or as it wrote them itself into the file whose lock it holds; never by its
 * arguments, which any process may have.
 */
public final class LeftoverWorkers {
  /** Longest time from a worker's start until it holds its folder's lock. */
  static final Duration STARTING = Duration.ofSeconds(10);

  /** More than a worker writes of itself. */
  private static final int MOST_BYTES = 8192;

  /** Longest time from taking the lock until a worker has written which process it is. */
  private static final Duration TELLING = Duration.ofSeconds(3);

  private static final long LOOK_EVERY_MILLISECONDS = 50;

  private final Optional<String> user = ProcessHandle.current().info().user();

  /**
   * The worker that runs in a trial's folder.
   *
   * @param attempt what stands in the folder, if anything; a parent killed just after it started
   *     the worker has not written it
   * @throws LocalFaultException if something holds the folder that cannot be recognised
   */
  public Optional<Worker> in(TrialFolder folder, Optional<AttemptRecord> attempt)
      throws LocalFaultException {
    Optional<Worker> recorded = attempt.flatMap(known -> running(known.process()));
    if (recorded.isPresent()) {
      return recorded;
    }
    try {
      if (attempt.isEmpty()) {
        awaitStart(folder);
      }
      return holder(folder);
    } catch (IOException e) {
      throw LocalFaultException.reading(folder.file(TrialFiles.LOCK), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFaultException("interrupted while looking for workers of an earlier run", e);
    }
  }

  /** The process, if it runs and belongs to whoever runs this program. */
  private Optional<Worker> running(ProcessIdentity known) {
    return ProcessHandle.of(known.pid())
        .filter(ProcessWorker::runs)
        .filter(known::isOf)
        .filter(process -> process.info().user().equals(user))
        .map(process -> ProcessWorker.adopted(process, known));
  }

  /**
   * A worker whose parent was killed at once may not hold the lock yet. Its configuration was
   * written just before it was started.
   */
  private static void awaitStart(TrialFolder folder) throws IOException, InterruptedException {
    Path lock = folder.file(TrialFiles.LOCK);
    Path config = folder.file(TrialFiles.CONFIG);
    try {
      Instant until = Files.getLastModifiedTime(config).toInstant().plus(STARTING);
      Instant latest = Instant.now().plus(STARTING); // for a file from the future
      while (Instant.now().isBefore(until)
          && Instant.now().isBefore(latest)
          && !FolderLock.isHeld(lock)) {
        Thread.sleep(LOOK_EVERY_MILLISECONDS);
      }
    } catch (NoSuchFileException e) {
      // nothing was started in this folder
    }
  }

  private static String beginning(Path lock) throws IOException {
    try (InputStream content = Files.newInputStream(lock)) {
      return new String(content.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
  }

  private Optional<Worker> holder(TrialFolder folder)
      throws IOException, LocalFaultException, InterruptedException {
    Path lock = folder.file(TrialFiles.LOCK);
    Instant until = Instant.now().plus(TELLING);
    while (FolderLock.isHeld(lock)) {
      Optional<Worker> holder = ProcessIdentity.parse(beginning(lock)).flatMap(this::running);
      if (holder.isPresent()) {
        return holder;
      }
      if (Instant.now().isAfter(until)) {
        throw new LocalFaultException(
            folder.path()
                + ": a process that is not known holds this trial's folder; end the worker that"
                + " runs there and run the same command again");
      }
      Thread.sleep(LOOK_EVERY_MILLISECONDS);
    }
    return Optional.empty();
  }
}
