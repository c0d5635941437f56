package dev.isoflop.worker.check;

import static java.util.Objects.requireNonNull;

import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorSpec;
import dev.isoflop.metric.Metric;
import dev.isoflop.text.ShownUri;
import dev.isoflop.trial.DataCheckMessage;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckReport.Problem;
import dev.isoflop.trial.DataCheckReport.SetReport;
import dev.isoflop.trial.DataCheckRequest;
import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.DatasetPart;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.PendingExample;
import dev.isoflop.worker.data.cache.DataEnvironment;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.data.open.DatasetOpener;
import dev.isoflop.worker.data.remote.RemoteCache;
import dev.isoflop.worker.evaluate.features.TorchScriptExtractor;
import dev.isoflop.worker.train.StopSignal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything of a sweep's data that its trials would open. Every set is looked at,
 * whatever is wrong with another. Without reading every sample it takes seconds: it opens what the
 * settings name, decodes the first sample of each set and loads the encoders.
 */
final class DataCheck {
  private final DataCheckRequest request;
  private final DataEnvironment environment;
  private final Consumer<DataCheckMessage> out;
  private final StopSignal stop;
  private final LongSupplier nanoTime;
  private final List<Problem> problems = new ArrayList<>();

  DataCheck(
      DataCheckRequest request,
      DataEnvironment environment,
      Consumer<DataCheckMessage> out,
      StopSignal stop,
      LongSupplier nanoTime) {
    this.request = request;
    this.environment = environment;
    this.out = out;
    this.stop = stop;
    this.nanoTime = nanoTime;
  }

  /** One set of the manifest, and what becomes of it. */
  private static final class Looked {
    private final String field;
    private final DatasetSpec spec;
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private @Nullable Dataset set;
    private List<DatasetPart> parts = List.of();
    private SetScan.@Nullable Found found;

    Looked(String field, DatasetSpec spec) {
      this.field = field;
      this.spec = spec;
    }

    SetReport report() {
      SetScan.Found scanned = found;
      return new SetReport(
          field,
          spec.name(),
          ShownUri.of(spec.uri()),
          scanned == null || !scanned.isComplete() ? null : scanned.samples(),
          scanned == null ? List.of() : scanned.broken().first(),
          scanned == null ? 0 : scanned.broken().count(),
          scanned == null ? List.of() : scanned.damaged().first(),
          scanned == null ? 0 : scanned.damaged().count(),
          List.copyOf(notes));
    }
  }

  /** The report; empty if asked to stop before the end. */
  Optional<DataCheckReport> run() throws InterruptedException {
    List<Looked> sets = sets(request.data());
    for (Looked each : sets) {
      guarded(() -> open(each));
    }
    if (problems.isEmpty()) {
      guarded(this::together);
    }
    if (request.everySample()) {
      scan(sets);
      sets.forEach(this::unread);
      guarded(() -> requireAny(sets.get(0)));
      sets.stream().skip(1).forEach(each -> guarded(() -> requireEnough(each)));
    }
    return stop.requested()
        ? Optional.empty()
        : Optional.of(
            new DataCheckReport(
                request.brokenSamples(), sets.stream().map(Looked::report).toList(), problems));
  }

  private static List<Looked> sets(DataSpec data) {
    List<Looked> sets = new ArrayList<>();
    sets.add(new Looked("data.train", data.train()));
    for (int i = 0; i < data.evaluation().size(); i++) {
      sets.add(new Looked("data.evaluation[" + i + "]", data.evaluation().get(i)));
    }
    return sets;
  }

  @FunctionalInterface
  private interface Look {
    void run() throws DataException;
  }

  /** Faults become problems; the same one, as of a file that two sets share, once. */
  private void guarded(Look look) {
    try {
      look.run();
    } catch (DataException e) {
      Problem problem = new Problem(String.valueOf(e.getMessage()), e.retryable());
      if (!problems.contains(problem)) {
        problems.add(problem);
      }
    }
  }

  private void open(Looked each) throws DataException {
    RemoteCache cache = new RemoteCache(environment.cache(), Clock.systemUTC(), each.notes::add);
    Dataset set =
        new DatasetOpener(request.data(), cache, each.notes::add, allowed())
            .open(each.spec, each.field);
    each.set = set;
    each.parts = set.parts();
    if (each.parts.isEmpty()) {
      return; // drawn, not stored
    }
    boolean remote = each.parts.stream().anyMatch(DatasetPart::remote);
    if (!request.everySample()) {
      each.parts.get(0).probe();
      each.parts.get(each.parts.size() - 1).probe();
      if (remote) {
        each.notes.add(each.field + ": is behind a URL, so nothing of it was read yet");
        return;
      }
      first(each);
      if (!each.field.equals("data.train")) {
        set.evaluation(request.evaluation().samples()).close();
      }
    }
  }

  /** Where every sample is read, all that is broken is met and listed, and none ends the check. */
  private BrokenSamples allowed() {
    return new BrokenSamples(
        request.everySample() ? Integer.MAX_VALUE : request.brokenSamples(), Set.of(), left -> {});
  }

  /** Decodes the first sample there is. */
  private void first(Looked each) throws DataException {
    for (DatasetPart part : each.parts) {
      try (ExampleStream stream = part.open()) {
        Optional<PendingExample> first = stream.next();
        if (first.isPresent()) {
          decode(first.get(), each);
          return;
        }
      }
    }
    // Holds nothing: what that means is said as a trial would say it.
    requireNonNull(each.set).train(0, 0).next();
  }

  private void decode(PendingExample first, Looked each) throws DataException {
    try {
      first.decode();
    } catch (DataException e) {
      if (request.brokenSamples() == 0 || e.retryable()) {
        throw e;
      }
      each.notes.add(e.getMessage() + " (scheduling.failures.brokenSamples leaves it out)");
    }
  }

  /** What only all sets and the encoders together show. */
  private void together() throws DataException {
    DataSources.open(request.data(), environment, note -> {}, allowed()).close();
    FeatureExtractorSpec extractor = request.evaluation().featureExtractor();
    if (extractor != null
        && request.evaluation().metrics().stream().anyMatch(Metric::comparesFeatures)) {
      try (PtNDManager manager = environment.torch().get().newManager()) {
        TorchScriptExtractor.open(manager, extractor).close();
      }
    }
  }

  /** What could not be read is not broken: reading it again may do, or another setting. */
  private void unread(Looked each) {
    SetScan.Found found = each.found;
    if (found != null) {
      problems(found.unread(), /* passing= */ true);
      problems(found.refused(), /* passing= */ false);
    }
  }

  private void problems(SetScan.Faults faults, boolean passing) {
    faults.first().stream()
        .map(fault -> new Problem(fault.where() + ": " + fault.problem(), passing))
        .filter(problem -> !problems.contains(problem))
        .forEach(problems::add);
  }

  /** As a trial would say that there is nothing to train on. */
  private void requireAny(Looked train) throws DataException {
    SetScan.Found found = train.found;
    if (found != null
        && found.samples() == 0
        && found.damaged().count() == 0
        && found.isComplete()) {
      try (ExampleStream stream = requireNonNull(train.set).train(0, 0)) {
        stream.next();
      }
    }
  }

  /**
   * As a trial that leaves out what is broken would say it. Where more is broken than it may leave
   * out, or a file is damaged, mending that comes first.
   */
  private void requireEnough(Looked each) throws DataException {
    SetScan.Found found = each.found;
    if (found == null
        || found.damaged().count() > 0
        || !found.isComplete()
        || found.broken().count() > request.brokenSamples()) {
      return;
    }
    long whole = found.samples() - found.broken().count();
    int needed = request.evaluation().samples();
    if (whole < needed) {
      throw new DataException(
          Kind.TooFew,
          each.field + ".uri",
          "holds %d %ssamples but evaluation.samples asks for %d"
              .formatted(whole, found.broken().count() > 0 ? "whole " : "", needed),
          "add some, or set evaluation.samples to %d or less".formatted(whole));
    }
  }

  private void scan(List<Looked> sets) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(request.threads());
    try {
      Map<Looked, List<DatasetPart>> stored = new LinkedHashMap<>();
      sets.stream()
          .filter(each -> !each.parts.isEmpty())
          .forEach(each -> stored.put(each, each.parts));
      long weight =
          stored.values().stream().flatMap(List::stream).mapToLong(DatasetPart::weight).sum();
      ScanProgress progress = new ScanProgress(weight, out, nanoTime);
      for (Map.Entry<Looked, List<DatasetPart>> each : stored.entrySet()) {
        progress.begin(each.getKey().spec.name());
        each.getKey().found =
            new SetScan(DataCheckReport.LISTED, progress, stop).of(each.getValue(), threads);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
