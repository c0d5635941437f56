package dev.isoflop.operator.local.run;

import dev.isoflop.operator.collect.LiveMetrics;
import dev.isoflop.operator.collect.WorkerScraper;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.sweep.observe.MetricsHealth;
import dev.isoflop.trial.TrialFiles;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Looks after the workers that run: asks for their metrics, cuts their logs, ends the stuck. */
final class WorkerWatch {
  /** Longest time from a worker's start to its first answer. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final RunSetting setting;
  private final WorkerScraper scraper;
  private final Queue<LoopEvent> events;

  WorkerWatch(RunSetting setting, WorkerScraper scraper, Queue<LoopEvent> events) {
    this.setting = setting;
    this.scraper = scraper;
    this.events = events;
  }

  /** Reports the worker's end as an event. */
  void watch(LocalTrial trial, LocalAttempt attempt) {
    CompletableFuture<?> unused =
        attempt
            .worker()
            .exit()
            .thenAccept(code -> events.add(new LoopEvent.WorkerGone(trial, attempt, code)));
  }

  /** One round over all workers. */
  void look(Collection<LocalTrial> trials) throws LocalFaultException {
    for (LocalTrial trial : trials) {
      Optional<LocalAttempt> attempt = trial.attempt();
      if (attempt.isPresent()) {
        scrape(trial, attempt.get());
        endLingering(trial, attempt.get());
        attempt.get().stopIfStanding(setting.now(), setting.options().grace());
        trial.folder().log().bound();
      }
    }
  }

  private void scrape(LocalTrial trial, LocalAttempt attempt) {
    OptionalInt port = trial.folder().metricsPort();
    if (port.isPresent() && !attempt.scraping()) {
      attempt.scraping(true);
      URI worker = URI.create("http://127.0.0.1:" + port.getAsInt());
      CompletableFuture<?> unused =
          scraper
              .scrape(worker, trial.folder().name())
              .thenAccept(scrape -> events.add(new LoopEvent.MetricsArrived(attempt, scrape)));
    }
  }

  /** A worker that has written its result has nothing left to do. */
  private void endLingering(LocalTrial trial, LocalAttempt attempt) {
    if (Files.exists(trial.folder().file(TrialFiles.RESULT))) {
      attempt.linger(setting.now(), setting.options().grace());
    }
  }

  /** Whether the running workers can be heard. */
  MetricsHealth health(Collection<LocalTrial> trials, Instant now) {
    boolean heard = false;
    for (LocalTrial trial : trials) {
      Optional<LocalAttempt> attempt = trial.attempt();
      if (attempt.isPresent()) {
        Optional<String> problem = problem(attempt.get(), now);
        if (problem.isPresent()) {
          return new MetricsHealth.Unavailable(
              "trial %s: %s; it trains on, and its result does not depend on them; see %s"
                  .formatted(trial.folder().name(), problem.get(), trial.folder().log().file()));
        }
        heard |= attempt.get().live().latestAt().isPresent();
      }
    }
    return heard ? new MetricsHealth.Available() : new MetricsHealth.Unknown();
  }

  private static Optional<String> problem(LocalAttempt attempt, Instant now) {
    LiveMetrics live = attempt.live();
    Instant heard = live.latestAt().orElse(attempt.worker().startedAt());
    Duration patience = live.latestAt().isPresent() ? LiveMetrics.STALE : SILENCE;
    return heard.plus(patience).isAfter(now)
        ? Optional.empty()
        : Optional.of(
            live.failure()
                .map(failure -> "its metrics do not arrive (" + failure + ")")
                .orElse("its worker has not told where its metrics are"));
  }
}
