package dev.isoflop.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.operator.TestClock;
import dev.isoflop.operator.admission.Admission;
import dev.isoflop.operator.admission.CollectionRules;
import dev.isoflop.operator.admission.PodPolicy;
import dev.isoflop.operator.collect.AllowedHosts;
import dev.isoflop.operator.kubernetes.observe.Collection;
import dev.isoflop.operator.kubernetes.observe.Enquiries;
import dev.isoflop.operator.kubernetes.reconcile.Cluster;
import dev.isoflop.operator.kubernetes.reconcile.EventResources;
import dev.isoflop.operator.kubernetes.reconcile.SweepTurn;
import dev.isoflop.operator.kubernetes.reconcile.TurnCounts;
import dev.isoflop.operator.kubernetes.resources.Owners;
import dev.isoflop.operator.kubernetes.resources.WorkerSettings;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.decide.SweepDecider;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A sweep on a cluster in memory, turn by turn on a clock of its own. */
public final class Simulation {
  static final SweepDecider DECIDER = new SweepDecider(new LawFitter(1)::fit, "isoflop test");
  private static final Duration TICK = Duration.ofSeconds(5);
  private static final int LONGEST = 2000;

  public final MemoryCluster memory = new MemoryCluster();
  final FakeJobController controller = new FakeJobController(memory);
  public final FakeKubelet kubelet = new FakeKubelet(memory);
  public final TestClock clock = TestClock.standing();
  Cluster cluster = new SchemaCluster(memory);
  public int statusRefusals = 0;
  public int foreignJobs = 0;

  /** What nodes say of the volumes of pods that have not begun; null if nothing. */
  public @Nullable String missing;

  private final TurnCounts counts =
      new TurnCounts() {
        @Override
        public void statusRefused() {
          statusRefusals++;
        }

        @Override
        public void foreignJob() {
          foreignJobs++;
        }
      };

  private String image = "worker:test";
  private SweepTurn operator;

  public Simulation(Specs specs) {
    this(SmallSweeps.of("sweep", specs));
  }

  public Simulation(ScalingSweep sweep) {
    memory.insert(sweep);
    operator = operator();
  }

  /** What an operator writes to, such as one that fails. */
  public Simulation through(UnaryOperator<Cluster> wrapping) {
    cluster = wrapping.apply(new SchemaCluster(memory));
    operator = operator();
    return this;
  }

  private static final AllowedHosts ALLOWED =
      new AllowedHosts(AllowedHosts.SERVICES, Optional.of("isoflop"));

  private SweepTurn operator() {
    return new SweepTurn(
        new Admission(PodPolicy.STANDARD, CollectionRules.ofCluster(ALLOWED)),
        DECIDER,
        cluster,
        new WorkerSettings(image, "IfNotPresent"),
        new EventResources("test"),
        Collection.none(),
        new Enquiries(
            (job, now) -> Optional.empty(),
            (pod, now) -> Optional.ofNullable(missing),
            this::pods,
            this::job),
        clock,
        counts);
  }

  private List<Pod> pods(Job job) {
    return memory.pods().stream().filter(pod -> Owners.owns(job, pod)).toList();
  }

  private Optional<Job> job(String namespace, String name) {
    return memory.jobs().stream()
        .filter(job -> job.getMetadata().getName().equals(name))
        .findFirst();
  }

  /** Another operator takes the place of this one, which remembers nothing. */
  public void restart() {
    operator = operator();
  }

  /** Another operator that runs workers from another image. */
  public void upgrade(String worker) {
    image = worker;
    restart();
  }

  public Optional<Instant> turn() {
    return operator.take(memory.view());
  }

  /** As the operator does where a turn breaks off. */
  public void broke(RuntimeException failure) {
    operator.broke(sweep(), failure);
  }

  /** Time passes, and the rest of the cluster does its work. */
  public void pass() {
    clock.pass(TICK);
    controller.tick(clock.instant());
    kubelet.tick(clock.instant());
  }

  /** A step of everything; an operator that dies is replaced. */
  public void step() {
    try {
      turn();
    } catch (Killed death) {
      restart();
    } catch (OutageException outage) {
      // the SDK would take the turn again
    }
    pass();
  }

  public void run(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  public Simulation runToFinish() {
    for (int i = 0; i < LONGEST; i++) {
      step();
      if (isTrue(ConditionType.Finished)) {
        turn();
        return this;
      }
    }
    throw new AssertionError("not finished: " + sweep().getStatus());
  }

  public ScalingSweep sweep() {
    return memory.sweep();
  }

  public ScalingSweepStatus status() {
    return Objects.requireNonNull(sweep().getStatus());
  }

  public List<Trial> trials() {
    return memory.trials();
  }

  public Trial trial(int index) {
    return trials().get(index);
  }

  public boolean isTrue(ConditionType type) {
    return sweep().getStatus() != null && type.isTrue(status().conditions());
  }

  public Condition condition(ConditionType type) {
    return type.in(status().conditions()).orElseThrow();
  }

  /** What must hold at the end of every sweep, whatever happened. */
  public void checkPromises() {
    assertThat(statusRefusals).as("statuses beyond the schema").isZero();
    checkTraining();
  }

  /** What must hold at the end of every sweep, also where a status was refused. */
  public void checkTraining() {
    assertThat(kubelet.completions.values()).as("trained to the end once").containsOnly(1);
    assertThat(kubelet.mostAtOnce)
        .as("workers at once")
        .isLessThanOrEqualTo(sweep().getSpec().scheduling().maxParallel());
  }

  /** Death of the operator. */
  public static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A call that failed. */
  public static final class OutageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public OutageException(String message) {
      super(message);
    }
  }
}
