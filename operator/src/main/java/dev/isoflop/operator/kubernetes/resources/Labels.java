package dev.isoflop.operator.kubernetes.resources;

import dev.isoflop.common.Sha256;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Labels and annotations of what the operator creates. */
public final class Labels {
  /** Label that watches select by, with the value {@link #OPERATOR}. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  public static final String OPERATOR = "isoflop";

  /** Label: the sweep, shortened where its name is too long for a label. */
  public static final String SWEEP = "isoflop.dev/sweep";

  /** Annotation: the sweep's whole name. */
  public static final String SWEEP_NAME = "isoflop.dev/sweep-name";

  /** Label: the trial. */
  public static final String TRIAL = "isoflop.dev/trial";

  /** Label of a Trial: its budget in three digits, such as {@code 1e17}. */
  public static final String BUDGET = "isoflop.dev/budget";

  /** Label of a Trial: the parameters of its model in three digits, such as {@code 4.19M}. */
  public static final String PARAMETERS = "isoflop.dev/parameters";

  /** Label: the number of the attempt that a Job is. */
  public static final String ATTEMPT = "isoflop.dev/attempt";

  /** Annotation of pods: the worker's configuration, which the pod mounts as a file. */
  public static final String CONFIG = "isoflop.dev/config";

  /** Annotation of Jobs: the token whose digest the trial's status holds. */
  public static final String ATTEMPT_TOKEN = "isoflop.dev/attempt-token";

  /** Annotation of Jobs: a digest of what they were made from. */
  public static final String MADE_FROM = "isoflop.dev/made-from";

  /**
   * Annotation of sweeps and trials, set by users: a request to try again what failed. Each value
   * is met once.
   */
  public static final String RETRY = "isoflop.dev/retry";

  /**
   * Annotation of trials, set by users: the sweep goes on without a trial that storage, data or
   * what its pod needs keeps from training. Only the value {@code true} counts.
   */
  public static final String GIVE_UP = "isoflop.dev/give-up";

  /** Kueue's label for the local queue of a Job. */
  public static final String KUEUE_QUEUE = "kueue.x-k8s.io/queue-name";

  private static final int LONGEST = 63;
  private static final int DIGEST_DIGITS = 8;

  private Labels() {}

  /** The request to try again that a user left on a sweep or a trial. */
  public static Optional<String> retry(HasMetadata resource) {
    return Optional.ofNullable(resource.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(RETRY));
  }

  /** Whether a user lets the sweep go on without a trial. */
  public static boolean givenUp(HasMetadata trial) {
    return Optional.ofNullable(trial.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(GIVE_UP))
        .filter("true"::equalsIgnoreCase)
        .isPresent();
  }

  /** The labels of everything that belongs to a trial. */
  public static Map<String, String> ofTrial(String sweep, String trial) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(MANAGED_BY, OPERATOR);
    labels.put(SWEEP, value(sweep));
    labels.put(TRIAL, trial);
    return labels;
  }

  /** A name as the value of a label: itself, or its start and a digest where it is too long. */
  static String value(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    String start = name.substring(0, LONGEST - DIGEST_DIGITS - 1).replaceAll("[^A-Za-z0-9]+$", "");
    return start + "-" + digest(name);
  }

  private static String digest(String name) {
    return Sha256.hex(name).substring(0, DIGEST_DIGITS);
  }
}
