package dev.isoflop.operator.kubernetes.observe;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Optional;

/** Reasons of a queue for holding Jobs back. */
@FunctionalInterface
public interface QueueReasons {
  /** Why a Job has not been let through yet; empty if that is not known. */
  Optional<String> of(Job job, Instant now);
}
