package dev.isoflop.operator.kubernetes.observe;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Optional;

/**
 * Messages of a node about volumes of a pod that it cannot mount, which stand nowhere in the pod.
 */
@FunctionalInterface
public interface MountFailures {
  /** Why a pod that has not begun has no volumes yet; empty if nothing of late is known. */
  Optional<String> of(Pod pod, Instant now);
}
