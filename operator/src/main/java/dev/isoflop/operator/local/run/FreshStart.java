package dev.isoflop.operator.local.run;

import dev.isoflop.operator.local.process.LeftoverWorkers;
import dev.isoflop.operator.local.process.Worker;
import dev.isoflop.operator.local.store.FolderLock;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.local.store.TrialFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Makes room for a sweep that starts over: the folder gets another name, nothing is deleted. */
final class FreshStart {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final SweepFolder folder;
  private final Clock clock;
  private final Duration grace;
  private final Consumer<String> notice;

  FreshStart(SweepFolder folder, Clock clock, Duration grace, Consumer<String> notice) {
    this.folder = folder;
    this.clock = clock;
    this.grace = grace;
    this.notice = notice;
  }

  void moveAway() throws LocalFaultException {
    if (!Files.exists(folder.path())) {
      return;
    }
    folder.create();
    FolderLock lock = FolderLock.acquire(folder.file(SweepFolder.LOCK));
    try {
      new WorkerStop(grace).stop(leftovers());
      Path aside = aside();
      Files.move(folder.path(), aside, StandardCopyOption.ATOMIC_MOVE);
      notice.accept("the earlier run is kept as " + aside);
    } catch (IOException e) {
      throw LocalFaultException.writing(folder.path(), e);
    } finally {
      lock.close();
    }
  }

  private List<LocalAttempt> leftovers() throws LocalFaultException {
    LeftoverWorkers workers = new LeftoverWorkers();
    List<LocalAttempt> found = new ArrayList<>();
    for (TrialFolder trial : folder.trials()) {
      Optional<Worker> worker = workers.in(trial, trial.attempt(notice));
      worker.ifPresent(it -> found.add(new LocalAttempt(1, it, OptionalLong.empty())));
    }
    return found;
  }

  private Path aside() {
    Instant now = clock.instant();
    Path aside;
    do {
      aside = folder.path().resolveSibling(folder.path().getFileName() + "-" + STAMP.format(now));
      now = now.plusSeconds(1);
    } while (Files.exists(aside));
    return aside;
  }
}
