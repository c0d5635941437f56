package dev.isoflop.operator.local.run;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialSpec;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.backend.Backend;
import dev.isoflop.operator.local.process.MemoryKills;
import dev.isoflop.operator.local.process.Worker;
import dev.isoflop.operator.local.process.WorkerLauncher;
import dev.isoflop.operator.local.store.AttemptRecord;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.operator.manifest.ManifestFolder;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.decide.SweepDecision;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import dev.isoflop.operator.sweep.state.Interruptions;
import dev.isoflop.operator.sweep.state.StopReason;
import dev.isoflop.trial.AcceleratorRequest;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialRuntime;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Runs a sweep's trials as processes of this machine. */
final class ProcessBackend implements Backend<LocalFaultException> {
  /** The {@code namespace} of trials that run outside any cluster. */
  static final String NAMESPACE = "local";

  /** Pause between writes of progress alone, which nothing depends on. */
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(15);

  private final RunSetting setting;
  private final WorkerLauncher launcher;
  private final MemoryKills memoryKills;
  private final Map<String, LocalTrial> trials;
  private final WorkerWatch watch;
  private final StatusFile statusFile;
  private final BooleanSupplier ending;

  /**
   * @param trials those that exist; grows as trials are created
   * @param watch is given every worker that was started
   * @param ending whether the run wants to end
   */
  ProcessBackend(
      RunSetting setting,
      WorkerLauncher launcher,
      MemoryKills memoryKills,
      Map<String, LocalTrial> trials,
      WorkerWatch watch,
      StatusFile statusFile,
      BooleanSupplier ending) {
    this.setting = setting;
    this.launcher = launcher;
    this.memoryKills = memoryKills;
    this.trials = trials;
    this.watch = watch;
    this.statusFile = statusFile;
    this.ending = ending;
  }

  @Override
  public SweepObservation observe() {
    Instant now = setting.now();
    ScalingSweep sweep = setting.sweep();
    return new SweepObservation(
        setting.name(),
        sweep.getMetadata().getGeneration(),
        sweep.getSpec(),
        setting.plan(),
        statusFile.current(),
        trials.values().stream().map(trial -> trial.observed(now)).toList(),
        Set.of(), // nobody else writes into the run's folder
        setting.share().slots(),
        setting.windows().at(now),
        watch.health(trials.values(), now),
        ending.getAsBoolean(),
        Optional.empty(),
        now);
  }

  @Override
  public void announce(SweepDecision decision) {
    if (!decision.announcements().isEmpty()) {
      decision.announcements().forEach(news -> setting.notice(news.message()));
      setting.listener().progress(snapshot(decision));
    }
  }

  @Override
  public void store(ScalingSweepStatus status) throws LocalFaultException {
    statusFile.update(status);
  }

  /** The sweep as decided, for those who look on. */
  SweepSnapshot snapshot(SweepDecision decision) {
    return new SweepSnapshot(
        setting.now(),
        setting.sweep(),
        decision.status(),
        decision.trials().stream().map(this::snapshot).toList(),
        setting.share(),
        setting.windows().at(setting.now()));
  }

  private TrialSnapshot snapshot(PlannedTrial planned) {
    LocalTrial trial = trials.get(planned.name());
    return trial == null
        ? new LocalTrial(setting.folder().trial(planned.name())).snapshot(planned)
        : trial.snapshot(planned);
  }

  private LocalTrial existing(String name) {
    return Objects.requireNonNull(trials.get(name), () -> name + ": was never created");
  }

  @Override
  public void create(PlannedTrial plan) throws LocalFaultException {
    if (!trials.containsKey(plan.name())) {
      LocalTrial trial = new LocalTrial(setting.folder().trial(plan.name()));
      trial.folder().create();
      trial.folder().write(resource(plan, Optional.empty()));
      trials.put(plan.name(), trial);
    }
  }

  @Override
  public void record(String name, TrialStatus status) throws LocalFaultException {
    LocalTrial trial = existing(name);
    Optional<TrialStatus> before = trial.status();
    trial.status(status);
    Optional<PlannedTrial> plan = setting.planned(name);
    if (plan.isEmpty()) {
      return;
    }
    boolean onlyProgress =
        before.map(it -> it.withoutProgress().equals(status.withoutProgress())).orElse(false);
    if (!onlyProgress || isDue(trial)) {
      trial.folder().write(resource(plan.get(), trial.status()));
      trial.written(setting.now());
    }
    tell(trial, before, status);
  }

  private boolean isDue(LocalTrial trial) {
    return trial.written().map(at -> at.plus(PROGRESS_EVERY).isBefore(setting.now())).orElse(true);
  }

  private void tell(LocalTrial trial, Optional<TrialStatus> before, TrialStatus now) {
    Instant at = setting.now();
    String name = trial.folder().name();
    Interruptions.news(before, now)
        .ifPresent(
            news ->
                setting
                    .listener()
                    .event(
                        new SweepEvent.AttemptEnded(
                            at, name, news.attempt(), Interruptions.sentence(news, now))));
    if (now.outcome() != null && before.map(TrialStatus::outcome).isEmpty()) {
      setting.listener().event(new SweepEvent.TrialEnded(at, name, now.outcome()));
    }
  }

  @Override
  public void stop(String trial, int number, StopReason reason) {
    existing(trial)
        .attempt()
        .filter(attempt -> attempt.number() == number)
        .ifPresent(attempt -> attempt.stop(setting.now(), setting.options().grace()));
  }

  @Override
  public void start(String name, int number) throws LocalFaultException {
    LocalTrial trial = existing(name);
    if (trial.attempt().isPresent()) {
      return;
    }
    PlannedTrial plan = setting.planned(name).orElseThrow();
    trial
        .folder()
        .prepare(configuration(trial.folder(), plan, setting.options().gpus().free(held())));
    trial.result(Optional.empty());
    OptionalLong killsBefore = memoryKills.count();
    Worker worker = launcher.launch(trial.folder(), setting.share().threads());
    LocalAttempt attempt = new LocalAttempt(number, worker, killsBefore);
    trial.began(attempt);
    watch.watch(trial, attempt);
    trial.folder().write(AttemptRecord.of(number, worker.process()));
    setting.listener().event(new SweepEvent.AttemptStarted(setting.now(), name, number));
  }

  /** The GPUs of the workers that run, those of an earlier run among them. */
  private Set<String> held() {
    return trials.values().stream()
        .filter(trial -> trial.attempt().isPresent())
        .flatMap(trial -> trial.folder().device().stream())
        .collect(Collectors.toSet());
  }

  private TrialConfig configuration(
      TrialFolder folder, PlannedTrial plan, Optional<AcceleratorRequest> accelerator) {
    return new TrialConfig(
        NAMESPACE,
        setting.name(),
        plan.name(),
        plan.key(),
        plan.experiment(),
        new TrialRuntime(
            folder.path().toString(),
            folder.file(TrialFolder.TERMINATION).toString(),
            0,
            setting.share().threads(),
            setting.sweep().getSpec().scheduling().peakFlops(),
            setting.folder().file(SweepFolder.CACHE).toString(),
            accelerator.orElse(null),
            setting.sweep().getSpec().scheduling().failures().borneSamples(),
            ManifestFolder.of(setting.sweep()).orElse(null),
            null));
  }

  private Trial resource(PlannedTrial plan, Optional<TrialStatus> status) {
    Trial trial = new Trial();
    trial.setMetadata(new ObjectMetaBuilder().withName(plan.name()).build());
    trial.setSpec(new TrialSpec(setting.name(), plan.key(), plan.experiment(), false));
    status.ifPresent(trial::setStatus);
    return trial;
  }
}
