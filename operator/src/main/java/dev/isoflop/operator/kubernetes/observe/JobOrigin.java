package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.TrialJob;
import dev.isoflop.common.Sha256;
import dev.isoflop.operator.kubernetes.resources.JobResources;
import dev.isoflop.operator.kubernetes.resources.Labels;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who made a Job that a trial controls. Labels, annotations, the name and the reference to the
 * owner can be written by everybody who may create Jobs; the trial's status cannot.
 */
public enum JobOrigin {
  /** The operator, for the newest attempt: what it says counts. */
  NewestAttempt,
  /** Presumably the operator, for an attempt whose end is recorded: nothing of it is read. */
  EarlierAttempt,
  /** Somebody else. */
  Foreign;

  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

  public static JobOrigin of(Trial trial, Job job) {
    @Nullable TrialStatus status = trial.getStatus();
    int number = number(job).orElse(0);
    if (status == null || !job.getMetadata().getName().equals(name(trial, number))) {
      return Foreign;
    }
    @Nullable TrialJob recorded = status.job();
    if (recorded != null && recorded.attempt() == number) {
      return isRecorded(recorded, job) ? NewestAttempt : Foreign;
    }
    if (number > status.attempt()) {
      return Foreign;
    }
    boolean open = number == status.attempt() && ConditionType.Running.isTrue(status.conditions());
    if (open && recorded == null && token(job).isEmpty()) {
      return NewestAttempt; // made by a release that recorded no Jobs
    }
    return ended(job) ? EarlierAttempt : Foreign;
  }

  private static String name(Trial trial, int number) {
    return JobResources.name(trial.getMetadata().getName(), number);
  }

  /** The number that a Job's label gives its attempt. */
  private static Optional<Integer> number(Job job) {
    return Optional.ofNullable(job.getMetadata().getLabels())
        .map(labels -> labels.get(Labels.ATTEMPT))
        .filter(label -> NUMBER.matcher(label).matches())
        .map(Integer::valueOf);
  }

  /** The uid is the API server's word; until it is recorded, the token tells. */
  private static boolean isRecorded(TrialJob recorded, Job job) {
    return recorded.uid() == null
        ? token(job).map(Sha256::hex).equals(Optional.ofNullable(recorded.tokenSha256()))
        : recorded.uid().equals(job.getMetadata().getUid());
  }

  private static Optional<String> token(Job job) {
    @Nullable Map<String, String> annotations = job.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations).map(all -> all.get(Labels.ATTEMPT_TOKEN));
  }

  private static boolean ended(Job job) {
    return job.getMetadata().getDeletionTimestamp() != null || JobReading.finish(job).isPresent();
  }
}
