package dev.isoflop.operator.local.run;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.admission.Admission;
import dev.isoflop.operator.local.process.MemoryKills;
import dev.isoflop.operator.local.process.WorkerLauncher;
import dev.isoflop.operator.local.store.FolderLock;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.local.store.SweepName;
import dev.isoflop.operator.plan.PlanError;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.sweep.decide.SweepDecider;
import dev.isoflop.operator.timing.LaunchWindows;
import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Runs a sweep on this machine, or continues one. Everything that a run knows lies in the sweep's
 * folder, so it may be killed at any moment, together with its workers or without them, and {@link
 * #run} of the same manifest goes on from there.
 */
public final class LocalSweep {
  private final ScalingSweep manifest;
  private final LocalOptions options;
  private final WorkerLauncher launcher;
  private final Clock clock;
  private final MemoryKills memoryKills;
  private final SweepDecider decider;
  private final BlockingQueue<LoopEvent> events = new LinkedBlockingQueue<>();

  /**
   * @param manifest with a name; valid by itself
   */
  public LocalSweep(
      ScalingSweep manifest,
      LocalOptions options,
      WorkerLauncher launcher,
      SweepDecider decider,
      Clock clock) {
    this(manifest, options, launcher, decider, clock, MemoryKills.ofThisMachine());
  }

  public LocalSweep(
      ScalingSweep manifest,
      LocalOptions options,
      WorkerLauncher launcher,
      SweepDecider decider,
      Clock clock,
      MemoryKills memoryKills) {
    this.manifest = manifest;
    this.options = options;
    this.launcher = launcher;
    this.clock = clock;
    this.memoryKills = memoryKills;
    this.decider = decider;
  }

  /**
   * Asks the run to end: its workers write their checkpoints, then {@link #run} returns {@link
   * LocalOutcome.Stopped}. May be called from any thread, also before the run.
   */
  public void stop() {
    events.add(new LoopEvent.StopAsked());
  }

  /** Runs on the calling thread until the sweep has ended or {@link #stop} is called. */
  public LocalOutcome run(ProgressListener listener) {
    try {
      return begin(listener);
    } catch (LocalFaultException fault) {
      return new LocalOutcome.Failed(String.valueOf(fault.getMessage()));
    }
  }

  private LocalOutcome begin(ProgressListener listener) throws LocalFaultException {
    String name = SweepName.of(manifest);
    Admission.Admitted admitted = new Admission().of(name, manifest.getSpec(), clock.instant());
    if (admitted.plan() instanceof PlanResult.Refused refused) {
      return new LocalOutcome.Refused(refused.refusals().stream().map(PlanError::message).toList());
    }
    PlanResult.Planned plan = (PlanResult.Planned) admitted.plan();
    LaunchWindows windows = admitted.windows().orElseThrow();
    SweepFolder folder = SweepFolder.of(options.runs(), name);
    Consumer<String> notice =
        message -> listener.event(new SweepEvent.Notice(clock.instant(), message));
    if (options.fresh()) {
      new FreshStart(folder, clock, options.grace(), notice).moveAway();
    }
    folder.create();
    FolderLock lock = FolderLock.acquire(folder.file(SweepFolder.LOCK));
    try {
      ManifestUpdateCheck.Answer answer =
          new ManifestUpdateCheck(folder, plan, clock.instant(), notice).accept(manifest);
      if (answer instanceof ManifestUpdateCheck.Answer.Refused refused) {
        return new LocalOutcome.Refused(refused.reasons());
      }
      ScalingSweep sweep = ((ManifestUpdateCheck.Answer.Accepted) answer).sweep();
      CoreShare share =
          CoreShare.of(
              options.cores(), sweep.getSpec().scheduling().maxParallel(), options.slots());
      RunSetting setting =
          new RunSetting(folder, sweep, plan, windows, share, options, clock, listener);
      return new LocalRun(setting, decider, launcher, memoryKills, events).run();
    } finally {
      lock.close();
    }
  }
}
