package dev.isoflop.operator.local.run;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialSpec;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.local.process.MemoryKills;
import dev.isoflop.operator.local.process.Worker;
import dev.isoflop.operator.local.process.WorkerLauncher;
import dev.isoflop.operator.local.store.AttemptRecord;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.operator.manifest.ManifestFolder;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.decide.SweepAction;
import dev.isoflop.operator.sweep.state.Interruptions;
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
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Carries out what was decided. */
final class Actions {
  /** The {@code namespace} of trials that run outside any cluster. */
  static final String NAMESPACE = "local";

  /** Pause between writes of progress alone, which nothing depends on. */
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(15);

  private final RunSetting setting;
  private final WorkerLauncher launcher;
  private final MemoryKills memoryKills;
  private final Map<String, LocalTrial> trials;
  private final BiConsumer<LocalTrial, LocalAttempt> watch;

  /**
   * @param trials those that exist; grows as trials are created
   * @param watch is given every worker that was started
   */
  Actions(
      RunSetting setting,
      WorkerLauncher launcher,
      MemoryKills memoryKills,
      Map<String, LocalTrial> trials,
      BiConsumer<LocalTrial, LocalAttempt> watch) {
    this.setting = setting;
    this.launcher = launcher;
    this.memoryKills = memoryKills;
    this.trials = trials;
    this.watch = watch;
  }

  void carryOut(SweepAction action) throws LocalFaultException {
    if (action instanceof SweepAction.CreateTrial create) {
      create(create.planned());
    } else if (action instanceof SweepAction.RecordTrial entry) {
      enter(existing(entry.trial()), entry.status());
    } else if (action instanceof SweepAction.StartAttempt start) {
      start(existing(start.trial()), start.number());
    } else if (action instanceof SweepAction.StopAttempt stop) {
      existing(stop.trial())
          .attempt()
          .filter(attempt -> attempt.number() == stop.number())
          .ifPresent(attempt -> attempt.stop(setting.now(), setting.options().grace()));
    }
  }

  private LocalTrial existing(String name) {
    return Objects.requireNonNull(trials.get(name), () -> name + ": was never created");
  }

  private void create(PlannedTrial plan) throws LocalFaultException {
    if (!trials.containsKey(plan.name())) {
      LocalTrial trial = new LocalTrial(setting.folder().trial(plan.name()));
      trial.folder().create();
      trial.folder().write(resource(plan, Optional.empty()));
      trials.put(plan.name(), trial);
    }
  }

  private void enter(LocalTrial trial, TrialStatus status) throws LocalFaultException {
    Optional<TrialStatus> before = trial.status();
    trial.status(status);
    Optional<PlannedTrial> plan = setting.planned(trial.folder().name());
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

  private void start(LocalTrial trial, int number) throws LocalFaultException {
    if (trial.attempt().isPresent()) {
      return;
    }
    PlannedTrial plan = setting.planned(trial.folder().name()).orElseThrow();
    trial
        .folder()
        .prepare(configuration(trial.folder(), plan, setting.options().gpus().free(held())));
    trial.result(Optional.empty());
    OptionalLong killsBefore = memoryKills.count();
    Worker worker = launcher.launch(trial.folder(), setting.share().threads());
    LocalAttempt attempt = new LocalAttempt(number, worker, killsBefore);
    trial.began(attempt);
    watch.accept(trial, attempt);
    trial.folder().write(AttemptRecord.of(number, worker.process()));
    setting
        .listener()
        .event(new SweepEvent.AttemptStarted(setting.now(), trial.folder().name(), number));
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
