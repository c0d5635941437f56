package dev.isoflop.operator.gpu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what the workers of a run train on, from the machine and what was asked for. */
public final class MachineGpus {
  /** Share of a GPU's memory in use from which it is told. */
  private static final double NOTABLE = 0.1;

  private final NvidiaSmi smi;
  private final Map<String, String> environment;

  /**
   * Looks at a machine.
   *
   * @param environment variables of this process
   */
  public MachineGpus(NvidiaSmi smi, Map<String, String> environment) {
    this.smi = smi;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Every GPU of the machine, visible or not.
   *
   * @throws GpuException if the driver does not answer
   */
  public List<Gpu> all() throws GpuException {
    return smi.gpus();
  }

  /**
   * The GPUs that workers get, and notes about them.
   *
   * @param notes each a sentence
   */
  public record Answer(WorkerGpus gpus, List<String> notes) {
    public Answer {
      notes = List.copyOf(notes);
    }
  }

  /**
   * The GPUs of a run. Nobody who asks for nothing is refused: without GPUs, or without libraries
   * for them, the workers train on the CPU.
   *
   * @param asked value of {@code --gpus}; null if it was not given, which means all
   * @param libtorch value of {@code --libtorch}; null if it was not given
   * @throws GpuException if what was asked for is not there
   */
  public Answer choose(@Nullable String asked, @Nullable Path libtorch) throws GpuException {
    if (GpuChoice.NONE.equalsIgnoreCase(asked)) {
      return new Answer(WorkerGpus.hidden(), List.of());
    }
    Optional<CudaLibraries> libraries =
        CudaLibraries.find(Optional.ofNullable(libtorch), environment);
    List<Gpu> visible;
    try {
      visible = GpuChoice.visible(smi.gpus(), environment.get("CUDA_VISIBLE_DEVICES"));
    } catch (GpuException e) {
      if (asked != null || libtorch != null || libraries.isPresent()) {
        throw e;
      }
      return new Answer(WorkerGpus.hidden(), List.of(e.message()));
    }
    if (visible.isEmpty()) {
      if (asked != null || libtorch != null) {
        throw new GpuException(
            "%s: no GPU is visible here: %s"
                .formatted(
                    asked == null ? "--libtorch" : "--gpus " + asked,
                    environment.containsKey("CUDA_VISIBLE_DEVICES")
                        ? "CUDA_VISIBLE_DEVICES is '%s'"
                            .formatted(environment.get("CUDA_VISIBLE_DEVICES"))
                        : "nvidia-smi, which comes with NVIDIA's driver, names none"),
            "install the driver, or train on the CPU with --gpus none");
      }
      return new Answer(WorkerGpus.none(), List.of());
    }
    List<Gpu> chosen = asked == null ? visible : GpuChoice.of(visible, asked);
    if (libraries.isEmpty()) {
      if (asked != null) {
        throw new GpuException(
            "--gpus %s: the libraries for GPUs are not here".formatted(asked),
            "fetch them with ./isoflop native cuda, or name a folder that has them with"
                + " --libtorch");
      }
      return new Answer(
          WorkerGpus.hidden(),
          List.of(
              "%s not used: ./isoflop native cuda fetches the libraries for %s"
                  .formatted(
                      chosen.size() == 1
                          ? chosen.get(0).label() + " is"
                          : "the %d GPUs here are".formatted(chosen.size()),
                      chosen.size() == 1 ? "it" : "them")));
    }
    String askedBy = asked == null ? "this run, by default," : "--gpus " + asked;
    return new Answer(WorkerGpus.of(chosen, askedBy, libraries.get()), inUse(chosen));
  }

  private static List<String> inUse(List<Gpu> gpus) {
    List<String> notes = new ArrayList<>();
    for (Gpu gpu : gpus) {
      long total = gpu.memoryBytes().orElse(0);
      long used = gpu.usedBytes().orElse(0);
      if (used > NOTABLE * total) {
        notes.add(
            "%s: %.0f GiB are in use already; nvidia-smi says by whom, --gpus leaves it out"
                .formatted(gpu.label(), Gpu.gibibytes(used)));
      }
    }
    return notes;
  }
}
