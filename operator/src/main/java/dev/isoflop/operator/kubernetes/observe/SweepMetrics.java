package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.operator.collect.LiveMetrics;
import dev.isoflop.operator.collect.Scrape;
import dev.isoflop.operator.sweep.observe.MetricsHealth;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The metrics collected of one sweep. Safe for concurrent use. */
final class SweepMetrics {
  /** Progress is told in steps of this share, so that a trial costs a bounded number of writes. */
  private static final double STEP = 0.02;

  /** Time between two moves backwards that are told. */
  private static final Duration BACKWARDS = Duration.ofMinutes(1);

  /** Collections that may fail in a row before the status tells. */
  private static final int BORNE = 3;

  /** Time for which a worker may be unknown to whoever is asked before the status tells. */
  private static final Duration SILENCE_BORNE = Duration.ofMinutes(5);

  private final Map<String, LiveMetrics> live = new HashMap<>();
  private final Map<String, Silence> silences = new TreeMap<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private final Map<String, Told> told = new HashMap<>();
  private final Set<String> heard = new HashSet<>();
  private ScalingSweep sweep;
  private Map<String, URI> workers = Map.of();
  private Duration interval = Duration.ZERO;
  private Duration paced = Duration.ZERO;
  private boolean collecting;

  /** The progress that the status shows of a trial, and since when. */
  private record Told(TrialProgress progress, Instant at) {
    /**
     * A move by a step is told; one backwards, which only a worker that begins anew makes, seldom.
     */
    boolean outdatedBy(TrialProgress newer, Instant now) {
      double moved = newer.ratio() - progress.ratio();
      return moved >= STEP || (moved <= -STEP && !now.isBefore(at.plus(BACKWARDS)));
    }
  }

  /** An answer without metrics, again and again. */
  private record Silence(Instant since, Instant last) {
    boolean tooLong() {
      return !last.isBefore(since.plus(SILENCE_BORNE));
    }
  }

  SweepMetrics(ScalingSweep sweep) {
    this.sweep = sweep;
  }

  synchronized void watch(ScalingSweep newest, Map<String, URI> running, Duration pause) {
    sweep = newest;
    workers = Map.copyOf(running);
    interval = pause;
    live.keySet().retainAll(running.keySet());
    failures.keySet().retainAll(running.keySet());
    silences.keySet().retainAll(running.keySet());
    heard.retainAll(running.keySet());
    told.keySet().retainAll(running.keySet());
  }

  /** Whether the interval is another than before. */
  synchronized boolean pace(Duration pause) {
    boolean changed = !pause.equals(paced);
    paced = pause;
    return changed;
  }

  /** Whether a collection may begin: not while another is at work. */
  synchronized boolean begin() {
    boolean free = !collecting;
    collecting = true;
    return free;
  }

  synchronized void end() {
    collecting = false;
  }

  synchronized ScalingSweep sweep() {
    return sweep;
  }

  synchronized Map<String, URI> workers() {
    return workers;
  }

  /** Takes in an answer; says whether the status would tell of it. */
  synchronized boolean add(String trial, Scrape answer) {
    if (!workers.containsKey(trial)) {
      return false;
    }
    LiveMetrics metrics = live.computeIfAbsent(trial, unknown -> new LiveMetrics());
    boolean failingBefore = failing().isPresent();
    metrics.add(answer);
    if (answer instanceof Scrape.Unreachable) {
      failures.merge(trial, 1, Integer::sum);
    } else {
      failures.remove(trial);
    }
    if (answer instanceof Scrape.Silent) {
      silences.merge(
          trial,
          new Silence(answer.at(), answer.at()),
          (before, now) -> new Silence(before.since(), now.last()));
    } else {
      silences.remove(trial);
    }
    boolean first = answer instanceof Scrape.Scraped && heard.add(trial) && heard.size() == 1;
    boolean moved = moved(trial, metrics, answer.at());
    return first || moved || failingBefore != failing().isPresent();
  }

  private boolean moved(String trial, LiveMetrics metrics, Instant at) {
    Optional<TrialProgress> progress = metrics.progress(at, stale());
    if (progress.isEmpty()) {
      return false;
    }
    @Nullable Told before = told.get(trial);
    if (before != null && !before.outdatedBy(progress.get(), at)) {
      return false;
    }
    told.put(trial, new Told(progress.get(), at));
    return true;
  }

  /** A trial's progress as it is to be told; empty while what is stored says the same. */
  synchronized Optional<TrialProgress> progress(Trial trial, Instant now) {
    String name = trial.getMetadata().getName();
    LiveMetrics metrics = live.get(name);
    boolean heardOf = metrics != null && metrics.progress(now, stale()).isPresent();
    @Nullable TrialProgress stored =
        trial.getStatus() == null ? null : trial.getStatus().progress();
    return Optional.ofNullable(told.get(name))
        .filter(last -> heardOf)
        .map(Told::progress)
        .filter(last -> stored == null || Math.abs(last.ratio() - stored.ratio()) >= STEP);
  }

  private Duration stale() {
    return interval.multipliedBy(2).plusSeconds(5);
  }

  synchronized MetricsHealth health(Instant now) {
    Optional<String> failing = failing();
    if (failing.isPresent()) {
      return new MetricsHealth.Unavailable(failing.get());
    }
    return heard.isEmpty() ? new MetricsHealth.Unknown() : new MetricsHealth.Available();
  }

  private Optional<String> failing() {
    return failures.entrySet().stream()
        .filter(entry -> entry.getValue() >= BORNE)
        .map(Map.Entry::getKey)
        .findFirst()
        .map(
            trial ->
                "no metrics of '%s': %s"
                    .formatted(
                        trial,
                        Optional.ofNullable(live.get(trial))
                            .flatMap(LiveMetrics::failure)
                            .orElse("no answer")))
        .or(this::silent);
  }

  private Optional<String> silent() {
    String asked =
        sweep.getSpec().collection().prometheusUrl() == null
            ? "its worker shows none; see its log"
            : "Prometheus knows none; see whether it scrapes the workers' pods";
    return silences.entrySet().stream()
        .filter(entry -> entry.getValue().tooLong())
        .findFirst()
        .map(
            entry ->
                "no metrics of '%s' since %s: %s"
                    .formatted(entry.getKey(), entry.getValue().since(), asked));
  }
}
