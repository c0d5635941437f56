package dev.isoflop.operator.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of a machine's GPUs a run may use. */
public final class GpuChoice {
  /** The option's value for every visible GPU. */
  public static final String ALL = "all";

  /** The option's value for the CPU alone. */
  public static final String NONE = "none";

  /** Values of {@code CUDA_VISIBLE_DEVICES} by which people and container runtimes say none. */
  private static final Set<String> NO_DEVICES = Set.of("", "-1", "none", "void", "nodevfiles");

  private GpuChoice() {}

  /**
   * The GPUs that the environment leaves visible, as CUDA reads it, but that numbers are those of
   * {@code nvidia-smi}.
   *
   * @param visible value of {@code CUDA_VISIBLE_DEVICES}; null if it is not set
   * @throws GpuException if it names what is not there
   */
  public static List<Gpu> visible(List<Gpu> all, @Nullable String visible) throws GpuException {
    if (visible == null) {
      return all;
    }
    if (NO_DEVICES.contains(visible.strip().toLowerCase(Locale.ROOT))) {
      return List.of();
    }
    return named(all, visible, "CUDA_VISIBLE_DEVICES", "this machine has");
  }

  /**
   * The GPUs that are asked for.
   *
   * @param asked {@code all}, {@code none}, or numbers and UUIDs with commas between
   * @throws GpuException if it names what is not visible
   */
  public static List<Gpu> of(List<Gpu> visible, String asked) throws GpuException {
    return switch (asked.strip().toLowerCase(Locale.ROOT)) {
      case ALL -> visible;
      case NONE -> List.of();
      default -> named(visible, asked, "--gpus", "visible here:");
    };
  }

  private static List<Gpu> named(List<Gpu> among, String names, String field, String there)
      throws GpuException {
    List<Gpu> chosen = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      List<Gpu> meant = among.stream().filter(gpu -> isMeant(gpu, name.strip())).toList();
      if (meant.isEmpty()) {
        throw new GpuException(
            "%s: '%s' is none of the GPUs; %s %s"
                .formatted(field, name.strip(), there, listed(among)),
            "name some of these by number or UUID, or all, or none");
      }
      for (Gpu gpu : meant) {
        if (chosen.contains(gpu)) {
          throw new GpuException(
              "%s: '%s' names %s a second time".formatted(field, name.strip(), gpu.label()),
              "name each once: a GPU takes one worker");
        }
        chosen.add(gpu);
      }
    }
    return chosen;
  }

  /** The number of a GPU means all of its MIG instances; a UUID may be cut short, as for CUDA. */
  private static boolean isMeant(Gpu gpu, String name) {
    return gpu.index().equals(name)
        || gpu.index().startsWith(name + ":")
        || (name.length() > "GPU-".length() && gpu.uuid().startsWith(name));
  }

  private static String listed(List<Gpu> gpus) {
    return gpus.isEmpty() ? "none" : String.join(", ", gpus.stream().map(Gpu::label).toList());
  }
}
