package dev.isoflop.trial;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The accelerator that was set aside for a trial. A worker that has one and cannot train on it ends
 * before its first step, rather than train on the CPU while the accelerator stands idle.
 *
 * @param count devices set aside; a worker trains on one
 * @param askedBy field and value, or command line option, that asks for it: {@code
 *     scheduling.resources: nvidia.com/gpu: 1}
 * @param device UUID of the one device that the worker may use, where its launcher chose it; null
 *     where the cluster does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AcceleratorRequest(
    AcceleratorType type, int count, String askedBy, @Nullable String device) {

  public AcceleratorRequest {
    requireNonNull(type, "type");
    requireNonNull(askedBy, "askedBy");
    if (count < 1) {
      throw new IllegalArgumentException("count: must be at least 1, was " + count);
    }
  }
}
