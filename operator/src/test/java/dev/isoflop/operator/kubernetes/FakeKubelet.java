package dev.isoflop.operator.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isoflop.operator.kubernetes.observe.PodReading;
import dev.isoflop.operator.kubernetes.resources.Labels;
import dev.isoflop.operator.kubernetes.resources.WorkerPod;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.LossSurface;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TerminationMessage;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Plays the nodes: pods begin, work, and end as scripted, their workers leaving results in
 * termination messages. Where nothing is scripted, a worker trains its trial to the end.
 */
public final class FakeKubelet {

  /** How a worker ends. */
  public enum End {
    Completes,
    LosesItsMessage,
    WritesGarbage,
    GivesUp,
    Fails,
    RunsOutOfMemory,
    IsEvicted,
    Diverges,
    NeverEnds,
    NeverStarts,
    NeverMounts
  }

  private static final TrialOutcome DIVERGED =
      TrialOutcome.excluded(OutcomeReason.Diverged, "step 12: the loss is not a number");

  /** Annotation of pods that somebody made by hand: they leave its text as their message. */
  static final String MESSAGE = "isoflop.test/message";

  private final ClusterStore store;
  public final Map<String, Deque<End>> scripts = new HashMap<>();
  private final Map<String, End> chosen = new HashMap<>();

  /** Trials whose folder holds a result. */
  private final Set<String> folders = new HashSet<>();

  /** How often a trial was trained to the end. */
  public final Map<String, Integer> completions = new HashMap<>();

  public int mostAtOnce = 0;

  /** What becomes of messages that workers leave. */
  public UnaryOperator<String> messages = message -> message;

  public FakeKubelet(ClusterStore store) {
    this.store = store;
  }

  /** The next ends of the workers of a trial, before it completes. */
  public FakeKubelet script(String trial, End... ends) {
    scripts.computeIfAbsent(trial, unknown -> new ArrayDeque<>()).addAll(List.of(ends));
    return this;
  }

  /** Workers of a trial that would never end complete now. */
  public void release(String trial) {
    store.pods().stream()
        .filter(pod -> trial.equals(pod.getMetadata().getLabels().get(Labels.TRIAL)))
        .forEach(pod -> chosen.put(uid(pod), End.Completes));
  }

  /** Lets pods begin, and those that worked since the last tick end. */
  public void tick(Instant now) {
    int live = 0;
    for (Pod pod : store.pods()) {
      if (PodReading.ended(pod) || pod.getMetadata().getDeletionTimestamp() != null) {
        continue;
      }
      if (message(pod).isPresent()) {
        store.update(
            PodReading.startedAt(pod).isEmpty()
                ? begun(pod, now)
                : terminated(pod, "Succeeded", 0, "Completed", message(pod).get(), now));
        continue;
      }
      live++;
      String trial = requireNonNull(pod.getMetadata().getLabels().get(Labels.TRIAL));
      End end = chosen.computeIfAbsent(uid(pod), unknown -> next(trial));
      if (PodReading.startedAt(pod).isPresent()) {
        if (end != End.NeverEnds) {
          store.update(ended(pod, end, now));
        }
      } else if (end == End.NeverStarts) {
        store.update(unscheduled(pod));
      } else if (end == End.NeverMounts) {
        store.update(unmounted(pod));
      } else {
        store.update(begun(pod, now));
      }
    }
    mostAtOnce = Math.max(mostAtOnce, live);
  }

  private static Optional<String> message(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getAnnotations()).map(all -> all.get(MESSAGE));
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }

  private End next(String trial) {
    Deque<End> script = scripts.getOrDefault(trial, new ArrayDeque<>());
    return script.isEmpty() ? End.Completes : script.remove();
  }

  private static Pod begun(Pod pod, Instant now) {
    pod.setStatus(
        new PodStatusBuilder()
            .withPhase("Running")
            .withPodIP("127.0.0.1")
            .addToContainerStatuses(
                new ContainerStatusBuilder()
                    .withName(WorkerPod.CONTAINER)
                    .withImage("worker")
                    .withImageID("")
                    .withReady(true)
                    .withRestartCount(0)
                    .withNewState()
                    .withNewRunning(seconds(now))
                    .endState()
                    .build())
            .build());
    return pod;
  }

  private static Pod unscheduled(Pod pod) {
    pod.setStatus(
        new PodStatusBuilder()
            .withPhase("Pending")
            .addToConditions(
                new PodConditionBuilder()
                    .withType("PodScheduled")
                    .withStatus("False")
                    .withReason("Unschedulable")
                    .withMessage("0/3 nodes are available: 3 Insufficient nvidia.com/gpu.")
                    .build())
            .build());
    return pod;
  }

  /** As a node shows it: nothing but that the container is on its way. */
  private static Pod unmounted(Pod pod) {
    pod.setStatus(
        new PodStatusBuilder()
            .withPhase("Pending")
            .addToConditions(
                new PodConditionBuilder()
                    .withType("PodReadyToStartContainers")
                    .withStatus("False")
                    .build())
            .addToContainerStatuses(
                new ContainerStatusBuilder()
                    .withName(WorkerPod.CONTAINER)
                    .withImage("worker")
                    .withImageID("")
                    .withReady(false)
                    .withRestartCount(0)
                    .withNewState()
                    .withNewWaiting()
                    .withReason("ContainerCreating")
                    .endWaiting()
                    .endState()
                    .build())
            .build());
    return pod;
  }

  private Pod ended(Pod pod, End end, Instant now) {
    TrialResult result = result(pod, TrialOutcome.succeeded());
    return switch (end) {
      case Completes -> {
        trained(result.trial());
        yield terminated(pod, "Succeeded", 0, "Completed", json(pod, result), now);
      }
      case LosesItsMessage -> {
        trained(result.trial());
        yield terminated(pod, "Succeeded", 0, "Completed", null, now);
      }
      case WritesGarbage -> {
        trained(result.trial());
        yield terminated(pod, "Succeeded", 0, "Completed", json(pod, result).substring(0, 40), now);
      }
      case GivesUp -> terminated(pod, "Failed", 42, "Error", "", now);
      case Diverges ->
          terminated(pod, "Succeeded", 0, "Completed", json(pod, result(pod, DIVERGED)), now);
      case Fails, NeverStarts, NeverMounts, NeverEnds ->
          terminated(pod, "Failed", 75, "Error", "", now);
      case RunsOutOfMemory -> terminated(pod, "Failed", 137, "OOMKilled", "", now);
      case IsEvicted -> {
        Pod gone = terminated(pod, "Failed", 143, "Error", "", now);
        gone.getStatus()
            .getConditions()
            .add(
                new PodConditionBuilder()
                    .withType("DisruptionTarget")
                    .withStatus("True")
                    .withReason("EvictionByEvictionAPI")
                    .withMessage("Eviction API: evicting")
                    .build());
        yield gone;
      }
    };
  }

  private void trained(String trial) {
    if (folders.add(trial)) {
      completions.merge(trial, 1, Integer::sum);
    }
  }

  private static Pod terminated(
      Pod pod, String phase, int code, String reason, @Nullable String message, Instant now) {
    PodStatus running = pod.getStatus();
    String started = PodReading.startedAt(pod).orElse(now).toString();
    pod.setStatus(
        new PodStatusBuilder(running)
            .withPhase(phase)
            .withContainerStatuses(
                new ContainerStatusBuilder()
                    .withName(WorkerPod.CONTAINER)
                    .withImage("worker")
                    .withImageID("")
                    .withReady(false)
                    .withRestartCount(0)
                    .withNewState()
                    .withNewTerminated()
                    .withExitCode(code)
                    .withReason(reason)
                    .withMessage(message)
                    .withStartedAt(started)
                    .withFinishedAt(seconds(now))
                    .endTerminated()
                    .endState()
                    .build())
            .build());
    return pod;
  }

  private static TrialResult result(Pod pod, TrialOutcome outcome) {
    TrialConfig config = config(pod);
    return LossSurface.result(
        new PlannedTrial(config.trial(), config.key(), config.experiment()), outcome);
  }

  private static TrialConfig config(Pod pod) {
    try {
      return TrialJson.MAPPER.readValue(
          pod.getMetadata().getAnnotations().get(Labels.CONFIG), TrialConfig.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a pod carries its worker's configuration", e);
    }
  }

  private String json(Pod pod, TrialResult result) {
    String token = config(pod).runtime().attemptToken();
    return messages.apply(new String(TerminationMessage.of(result, token), UTF_8));
  }

  private static String seconds(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
