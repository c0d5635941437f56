package dev.isoflop.operator.kubernetes.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.operator.kubernetes.resources.FolderContainer;
import dev.isoflop.operator.kubernetes.resources.Labels;
import dev.isoflop.operator.kubernetes.resources.WorkerPod;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TerminationMessage;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a Job and its pod may stand. */
class JobReadingTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant STARTED = CREATED.plusSeconds(20);
  private static final Instant FINISHED = CREATED.plusSeconds(500);
  private static final Instant NOW = CREATED.plusSeconds(1000);

  /** A failed Job with its pod, and what that means. */
  record Case(String name, String jobMessage, List<Pod> pods, AttemptEnd end) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> failures() {
    return Stream.of(
        new Case("gave up", "", List.of(failed(42, "Error")), new AttemptEnd.Exited(42)),
        new Case(
            "gave up while evicted",
            "",
            List.of(disrupted(failed(42, "Error"))),
            new AttemptEnd.Exited(42)),
        new Case("passing fault", "", List.of(failed(75, "Error")), new AttemptEnd.Exited(75)),
        new Case("stopped", "", List.of(failed(143, "Error")), new AttemptEnd.Exited(143)),
        new Case(
            "out of memory",
            "",
            List.of(failed(137, "OOMKilled")),
            new AttemptEnd.OutOfMemory(
                "the worker was killed at its memory limit of 32Gi; raise"
                    + " scheduling.resources.memory, or lower training.batchSize",
                "32Gi")),
        new Case(
            "failed after an eviction",
            "",
            List.of(disrupted(failed(143, "Error")), failed(75, "Error")),
            new AttemptEnd.Exited(75)),
        new Case(
            "evicted before anything ran",
            "",
            List.of(phase(pod(), "Failed", "Evicted", "node was low on memory")),
            new AttemptEnd.Disrupted("its pod failed: Evicted: node was low on memory")),
        new Case(
            "node lost",
            "",
            List.of(failed(137, "ContainerStatusUnknown")),
            new AttemptEnd.Disrupted("its node lost sight of it")),
        new Case(
            "pod ran out of its time",
            "",
            List.of(phase(failed(137, "Error"), "Failed", "DeadlineExceeded", "active too long")),
            new AttemptEnd.Disrupted("its pod ran out of its time")),
        new Case(
            "init container failed",
            "",
            List.of(failedInit()),
            new AttemptEnd.Faulted(
                OutcomeReason.Crashed, "init container 'fetch' ended with exit 3; see its log")),
        new Case(
            "the claim's folders could not be made",
            "",
            List.of(
                failedInit(
                    FolderContainer.NAME,
                    "{\"type\": \"Failed\", \"reason\": \"FolderNotWritable\", \"message\": \"it is"
                        + " root's\"}")),
            new AttemptEnd.Blocked(
                OutcomeReason.FolderNotWritable, "claim 'isoflop': it is root's")),
        new Case(
            "the claim's folders could not be made for another reason",
            "",
            List.of(
                failedInit(
                    FolderContainer.NAME,
                    "{\"type\": \"Failed\", \"reason\": \"Crashed\", \"message\": \"a file is in"
                        + " the way\"}")),
            new AttemptEnd.Faulted(OutcomeReason.Crashed, "claim 'isoflop': a file is in the way")),
        new Case(
            "the claim is full",
            "",
            List.of(terminated("Failed", 74, "Error", full())),
            new AttemptEnd.Blocked(OutcomeReason.DiskFull, "claim 'isoflop': no room")),
        new Case(
            "the claim is full, and there was no room to say so",
            "",
            List.of(failed(74, "Error")),
            new AttemptEnd.Exited(74)),
        new Case(
            "pod gone, the Job tells its exit",
            "Container worker for pod ns/x failed with exit code 42 matching FailJob rule",
            List.of(),
            new AttemptEnd.Exited(42)),
        new Case(
            "pod gone, nobody knows",
            "Job has reached the specified backoff limit",
            List.of(),
            new AttemptEnd.Disrupted(
                "its pod was deleted, and nobody saw how it ended: Job has reached the specified"
                    + " backoff limit")));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theEndOfAFailedJob(Case example) {
    JobReading reading =
        new JobReading(
            finished("Failed", example.jobMessage()), example.pods(), NOW.plusSeconds(30));
    AttemptObservation.Ended ended =
        (AttemptObservation.Ended)
            reading.attempt(Optional.empty(), Enquiries.none(), Optional.empty());
    assertThat(ended.end()).isEqualTo(example.end());
    assertThat(ended.number()).isEqualTo(3);
  }

  @Test
  void aCompleteJobExitedWithZeroAndItsTimesAreThoseOfTheContainer() {
    JobReading reading = new JobReading(finished("Complete", ""), List.of(succeeded("{}")), NOW);
    assertThat(reading.attempt(Optional.empty(), Enquiries.none(), Optional.empty()))
        .isEqualTo(new AttemptObservation.Ended(3, STARTED, FINISHED, new AttemptEnd.Exited(0)));
  }

  @Test
  void timeBetweenThePodsOfAnAttemptIsNoRunningTime() {
    JobReading reading =
        new JobReading(job().build(), List.of(disrupted(failed(143, "Error")), running(NOW)), NOW);
    assertThat(reading.attempt(Optional.empty(), Enquiries.none(), Optional.empty()))
        .isEqualTo(
            new AttemptObservation.Running(
                3, NOW.minus(Duration.between(STARTED, FINISHED)), false, Optional.empty()));
  }

  @Test
  void aJobThatIsBeingDeletedIsStopping() {
    Job deleted =
        job().editMetadata().withDeletionTimestamp("2026-01-01T00:10:00Z").endMetadata().build();
    AttemptObservation attempt =
        new JobReading(deleted, List.of(running(STARTED)), NOW)
            .attempt(Optional.empty(), Enquiries.none(), Optional.empty());
    assertThat(((AttemptObservation.Running) attempt).stopping()).isTrue();
  }

  @Test
  void timeInAQueueIsNoRunningTime() {
    AttemptObservation.Running running = running(suspended("research"));
    assertThat(running.since()).isEqualTo(NOW);
    assertThat(running.waiting())
        .contains("Kueue has not admitted it yet, in the local queue 'research'");
    assertThat(running(suspended(null)).waiting()).contains("its Job is suspended");
  }

  @Test
  void whatAQueueSaysIsTold() {
    JobReading reading = new JobReading(suspended("research"), List.of(), NOW);
    AttemptObservation.Running running =
        (AttemptObservation.Running)
            reading.attempt(
                Optional.empty(),
                new Enquiries(
                    (job, now) -> Optional.of("insufficient quota"),
                    (pod, now) -> Optional.empty(),
                    job -> List.of(),
                    (namespace, name) -> Optional.empty()),
                Optional.empty());
    assertThat(running.waiting())
        .contains(
            "Kueue has not admitted it yet, in the local queue 'research': insufficient quota");
  }

  private static AttemptObservation.Running running(Job job, Pod... pods) {
    return running(new JobReading(job, List.of(pods), NOW));
  }

  private static AttemptObservation.Running running(JobReading reading) {
    return (AttemptObservation.Running)
        reading.attempt(Optional.empty(), Enquiries.none(), Optional.empty());
  }

  @Test
  void whatAPodWaitsForIsTold() {
    assertThat(running(job().build(), unschedulable()).waiting())
        .contains("no node: Unschedulable: 0/3 nodes are available");
    assertThat(running(job().build(), waiting("ImagePullBackOff", "Back-off pulling")).waiting())
        .contains("ImagePullBackOff: Back-off pulling");
    Pod creating = waiting("ContainerCreating", null);
    assertThat(running(job().build(), creating).waiting().orElseThrow())
        .startsWith("its pod has not begun: ContainerCreating; see kubectl describe pod");
    JobReading early = new JobReading(job().build(), List.of(creating), CREATED.plusSeconds(5));
    assertThat(running(early).waiting()).isEmpty();
  }

  @Test
  void aJobThatGetsNoPodIsToldOnlyAfterAWhile() {
    assertThat(running(job().build()).waiting().orElseThrow()).startsWith("its Job has no pod");
    JobReading early = new JobReading(job().build(), List.of(), CREATED.plusSeconds(5));
    assertThat(running(early).waiting()).isEmpty();
  }

  @Test
  void onlyAWholeResultIsOne() {
    String whole =
        """
        {"trial":"t","key":"k","outcome":{"type":"Succeeded"},"parameters":1,
         "totalParameters":1,"steps":1,"samples":1,"tokens":1,"flops":1,
         "metrics":[],"trainingSeconds":1,"evaluationSeconds":0,"software":"w","newField":1}
        """;
    assertThat(result(whole)).isPresent();
    assertThat(result(null)).isEmpty();
    assertThat(result("")).isEmpty();
    assertThat(result("Exception in thread main")).isEmpty();
    assertThat(result(whole.substring(0, 60))).isEmpty();
    assertThat(result("{\"trial\":\"t\"}")).isEmpty();
    assertThat(result("null")).isEmpty();
  }

  @Test
  void aResultThatWasTooLongForAMessageIsReadAgain() throws Exception {
    List<MetricValue> metrics =
        IntStream.range(0, 24)
            .mapToObj(
                set ->
                    new MetricValue(
                        Metric.ValidationLoss, "set-" + set, 1.0 / 3, 1e-3, 64, "d".repeat(71)))
            .toList();
    TrialResult many =
        new TrialResult(
            "t", "k", TrialOutcome.succeeded(), 1, 1, 1, 1, 1, 1, 0.5, metrics, 1, 0, null, "w");
    byte[] message = TerminationMessage.of(many);
    assertThat(new String(message, UTF_8)).startsWith("deflate:");
    assertThat(result(new String(message, UTF_8))).hasValue(many);
    assertThat(result(new String(message, UTF_8).substring(0, 200))).isEmpty();
  }

  private static Optional<TrialResult> result(@Nullable String message) {
    return new JobReading(finished("Complete", ""), List.of(succeeded(message)), NOW).result();
  }

  private static JobBuilder job() {
    return new JobBuilder()
        .withNewMetadata()
        .withName("trial-3")
        .withNamespace("ns")
        .withCreationTimestamp(CREATED.toString())
        .withLabels(Map.of(Labels.ATTEMPT, "3"))
        .endMetadata()
        .withNewSpec()
        .endSpec();
  }

  @Test
  void aJobIsNotOverBeforeItsPodIsSeenToBe() {
    Job complete = finished("Complete", "");
    Instant soon = NOW.plusSeconds(1);
    assertThat(new JobReading(complete, List.of(running(STARTED)), soon).ended()).isFalse();
    assertThat(new JobReading(complete, List.of(), soon).ended()).isFalse();
    assertThat(new JobReading(complete, List.of(), NOW.plusSeconds(30)).ended()).isTrue();
    assertThat(new JobReading(complete, List.of(succeeded("")), soon).ended()).isTrue();
    Job failed = finished("Failed", "");
    List<Pod> evictedOnly = List.of(disrupted(failed(143, "Error")));
    assertThat(new JobReading(failed, evictedOnly, soon).ended()).isFalse();
    assertThat(new JobReading(failed, List.of(failed(75, "Error")), soon).ended()).isTrue();
  }

  @Test
  void aCompleteJobWithoutItsPodIsADisruptionAndNoFailure() {
    AttemptObservation attempt =
        new JobReading(finished("Complete", ""), List.of(), NOW.plusSeconds(30))
            .attempt(Optional.empty(), Enquiries.none(), Optional.empty());
    assertThat(((AttemptObservation.Ended) attempt).end()).isInstanceOf(AttemptEnd.Disrupted.class);
  }

  private static Job finished(String type, String message) {
    return job()
        .withNewStatus()
        .addNewCondition()
        .withType(type)
        .withStatus("True")
        .withMessage(message)
        .withLastTransitionTime(NOW.toString())
        .endCondition()
        .endStatus()
        .build();
  }

  private static Job suspended(@Nullable String queue) {
    JobBuilder suspended = job().editSpec().withSuspend(true).endSpec();
    return queue == null
        ? suspended.build()
        : suspended.editMetadata().addToLabels(Labels.KUEUE_QUEUE, queue).endMetadata().build();
  }

  private static Pod pod() {
    return new PodBuilder()
        .withNewMetadata()
        .withCreationTimestamp(CREATED.toString())
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName(WorkerPod.CONTAINER)
        .withNewResources()
        .addToLimits("memory", new Quantity("32Gi"))
        .endResources()
        .endContainer()
        .addNewVolume()
        .withName("isoflop-trial")
        .withNewPersistentVolumeClaim("isoflop", false)
        .endVolume()
        .endSpec()
        .build();
  }

  private static Pod phase(Pod pod, String phase, String reason, String message) {
    return new PodBuilder(pod)
        .editOrNewStatus()
        .withPhase(phase)
        .withReason(reason)
        .withMessage(message)
        .endStatus()
        .build();
  }

  private static Pod terminated(String phase, int code, String reason, @Nullable String message) {
    return new PodBuilder(pod())
        .withNewStatus()
        .withPhase(phase)
        .addNewContainerStatus()
        .withName(WorkerPod.CONTAINER)
        .withNewState()
        .withNewTerminated()
        .withExitCode(code)
        .withReason(reason)
        .withMessage(message)
        .withStartedAt(STARTED.toString())
        .withFinishedAt(FINISHED.toString())
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static Pod failed(int code, String reason) {
    return terminated("Failed", code, reason, "");
  }

  private static Pod succeeded(@Nullable String message) {
    return terminated("Succeeded", 0, "Completed", message);
  }

  private static Pod disrupted(Pod pod) {
    return new PodBuilder(pod)
        .editStatus()
        .addNewCondition()
        .withType("DisruptionTarget")
        .withStatus("True")
        .withReason("PreemptionByScheduler")
        .withMessage("making room")
        .endCondition()
        .endStatus()
        .build();
  }

  private static Pod running(Instant since) {
    return new PodBuilder(pod())
        .withNewStatus()
        .withPhase("Running")
        .addNewContainerStatus()
        .withName(WorkerPod.CONTAINER)
        .withNewState()
        .withNewRunning(since.toString())
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static Pod unschedulable() {
    return unschedulable("0/3 nodes are available");
  }

  private static Pod unschedulable(String message) {
    return new PodBuilder(pod())
        .withNewStatus()
        .withPhase("Pending")
        .addNewCondition()
        .withType("PodScheduled")
        .withStatus("False")
        .withReason("Unschedulable")
        .withMessage(message)
        .endCondition()
        .endStatus()
        .build();
  }

  private static Pod waiting(String reason, @Nullable String message) {
    return new PodBuilder(pod())
        .withNewStatus()
        .withPhase("Pending")
        .addNewContainerStatus()
        .withName(WorkerPod.CONTAINER)
        .withNewState()
        .withNewWaiting(message, reason)
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static String full() {
    try {
      return TrialJson.MAPPER.writeValueAsString(
          new TrialResult(
              "trial",
              "sha256:0",
              TrialOutcome.failed(OutcomeReason.DiskFull, "no room"),
              1,
              1,
              0,
              0,
              0,
              0,
              null,
              List.of(),
              0,
              0,
              null,
              "isoflop"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  record Waiting(String reason, Optional<OutcomeReason> fault) {}

  static Stream<Waiting> waits() {
    return Stream.of(
        new Waiting("ErrImagePull", Optional.of(OutcomeReason.ImageNotPulled)),
        new Waiting("ImagePullBackOff", Optional.of(OutcomeReason.ImageNotPulled)),
        new Waiting("InvalidImageName", Optional.of(OutcomeReason.ImageNotPulled)),
        new Waiting("CreateContainerConfigError", Optional.of(OutcomeReason.ContainerNotCreated)),
        new Waiting("ContainerCreating", Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("waits")
  void aPodThatSomeoneMustHelpBlocksItsAttemptOnceItHasWaitedForAWhile(Waiting example) {
    Pod pod = waiting(example.reason(), "said so");
    assertThat(blocker(pod, CREATED.plusSeconds(5))).isEmpty();
    assertThat(blocker(pod, CREATED.plusSeconds(30)).map(AttemptObservation.Blocker::reason))
        .isEqualTo(example.fault());
    assertThat(blocker(pod, CREATED.plusSeconds(30)).map(AttemptObservation.Blocker::since))
        .isEqualTo(example.fault().map(fault -> CREATED));
  }

  @Test
  void aMissingClaimBlocksAndWantOfRoomDoesNot() {
    Pod claimless =
        unschedulable("0/1 nodes are available: persistentvolumeclaim \"isoflop\" not found.");
    AttemptObservation.Blocker blocker = blocker(claimless, CREATED.plusSeconds(30)).orElseThrow();
    assertThat(blocker.reason()).isEqualTo(OutcomeReason.VolumeNotMounted);
    assertThat(blocker.message()).contains("\"isoflop\" not found", "storage.claimName");
    assertThat(blocker(unschedulable(), CREATED.plusSeconds(30))).isEmpty();
  }

  private static Optional<AttemptObservation.Blocker> blocker(Pod pod, Instant now) {
    AttemptObservation attempt =
        new JobReading(job().build(), List.of(pod), now)
            .attempt(Optional.empty(), Enquiries.none(), Optional.empty());
    return ((AttemptObservation.Running) attempt).blocker();
  }

  private static Pod failedInit() {
    return failedInit("fetch", "");
  }

  private static Pod failedInit(String name, String message) {
    return new PodBuilder(pod())
        .withNewStatus()
        .withPhase("Failed")
        .addNewInitContainerStatus()
        .withName(name)
        .withNewState()
        .withNewTerminated()
        .withExitCode(3)
        .withMessage(message)
        .endTerminated()
        .endState()
        .endInitContainerStatus()
        .endStatus()
        .build();
  }
}
