package dev.isoflop.operator.gpu;

import dev.isoflop.trial.AcceleratorRequest;
import dev.isoflop.trial.AcceleratorType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The GPUs that the workers of a run on this machine share out, one to each worker.
 *
 * @param gpus none to train on the CPU
 * @param askedBy option, or what else says that they be used
 * @param environment variables of every worker
 */
public record WorkerGpus(List<Gpu> gpus, String askedBy, Map<String, String> environment) {
  /** Which devices a CUDA program sees. */
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  public WorkerGpus {
    gpus = List.copyOf(gpus);
    environment = Map.copyOf(environment);
  }

  /** The CPU, on a machine where no GPU has to be hidden. */
  public static WorkerGpus none() {
    return new WorkerGpus(List.of(), "", Map.of());
  }

  /** The CPU, with the GPUs hidden. */
  public static WorkerGpus hidden() {
    return new WorkerGpus(List.of(), "", Map.of(VISIBLE, ""));
  }

  /** GPUs with the libraries for them. */
  public static WorkerGpus of(List<Gpu> gpus, String askedBy, CudaLibraries libraries) {
    return new WorkerGpus(gpus, askedBy, libraries.environment());
  }

  /** Whether workers train on GPUs. */
  public boolean used() {
    return !gpus.isEmpty();
  }

  /**
   * Devices for a further worker.
   *
   * @param held UUIDs of the devices that running workers hold, also those of an earlier run
   * @return empty where all are held, or none is used
   */
  public Optional<AcceleratorRequest> free(Collection<String> held) {
    return gpus.stream()
        .filter(gpu -> !held.contains(gpu.uuid()))
        .findFirst()
        .map(
            gpu ->
                new AcceleratorRequest(
                    AcceleratorType.NvidiaGpu,
                    1,
                    "%s, %s".formatted(askedBy, gpu.label()),
                    gpu.uuid()));
  }

  /**
   * Variables of a worker.
   *
   * @param device UUID of the one that it was given; empty where it trains on the CPU
   */
  public Map<String, String> environment(Optional<String> device) {
    Map<String, String> variables = new TreeMap<>(environment);
    device.ifPresent(uuid -> variables.put(VISIBLE, uuid));
    return variables;
  }
}
