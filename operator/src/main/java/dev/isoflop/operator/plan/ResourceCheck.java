package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.bounds.Quantities;
import dev.isoflop.trial.AcceleratorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a worker asks for: names that a container may ask for, and amounts as Kubernetes
 * writes them. An API server that is older than the schema has kept worse.
 */
final class ResourceCheck {
  private static final String FIELD = "scheduling.resources.";
  private static final Set<String> OWN = Set.of("cpu", "memory", "ephemeral-storage");
  private static final String HUGE_PAGES = "hugepages-";
  private static final Pattern OF_A_VENDOR =
      Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

  private ResourceCheck() {}

  /** The refusals of resources, ordered by name. */
  static List<PlanError> of(@Nullable Map<String, @Nullable String> resources) {
    List<PlanError> refusals = new ArrayList<>();
    new TreeMap<>(resources == null ? Map.of() : resources)
        .forEach((name, amount) -> check(name, amount, refusals));
    return refusals;
  }

  private static void check(String name, @Nullable String amount, List<PlanError> refusals) {
    boolean vendors = OF_A_VENDOR.matcher(name).matches();
    if (name.equals("limits") || name.equals("requests")) {
      refusals.add(
          new PlanError.Unreadable(
              FIELD + name,
              "is not a resource",
              "write the resources themselves, such as {cpu: 8, memory: 32Gi, nvidia.com/gpu: 1};"
                  + " each is request and limit"));
    } else if (!vendors && !OWN.contains(name) && !name.startsWith(HUGE_PAGES)) {
      refusals.add(
          new PlanError.Unreadable(
              FIELD + name,
              "is not a resource of a container",
              "give cpu, memory, ephemeral-storage, or a device by its whole name, such as"
                  + " nvidia.com/gpu"));
    } else if (amount == null || !Quantities.matches(amount)) {
      refusals.add(
          new PlanError.Unreadable(
              FIELD + name,
              amount == null ? "is empty" : "'" + amount + "' is not a quantity of at least 0",
              Quantities.EXAMPLES));
    } else if (vendors && !Quantities.isWhole(amount)) {
      refusals.add(
          new PlanError.Unreadable(
              FIELD + name,
              "'" + amount + "' is not a whole number, and devices are not shared",
              "give 1 or more"));
    } else if (isSome(amount) && isOf(name, AcceleratorType.Unsupported)) {
      refusals.add(
          new PlanError.Unreadable(
              FIELD + name,
              "is an accelerator that the worker has no code for, and it would stand idle",
              "ask for nvidia.com/gpu: 1, or for none to train on the CPU"));
    }
  }

  /** Warns of resources that would be paid for and not used. */
  static List<PlanWarning> warnings(@Nullable Map<String, @Nullable String> resources) {
    List<PlanWarning> warnings = new ArrayList<>();
    new TreeMap<>(resources == null ? Map.of() : resources)
        .forEach(
            (name, amount) -> {
              if (isOf(name, AcceleratorType.NvidiaGpu) && isSome(amount) && !"1".equals(amount)) {
                warnings.add(
                    new PlanWarning.DoubtfulSetting(
                        FIELD + name,
                        amount + " are set aside for each trial, and a worker trains on one",
                        "ask for 1; scheduling.maxParallel says how many trials run at once"));
              }
            });
    return warnings;
  }

  private static boolean isOf(String name, AcceleratorType type) {
    return AcceleratorType.ofResource(name).filter(type::equals).isPresent();
  }

  private static boolean isSome(@Nullable String amount) {
    return amount != null && !amount.matches("0+");
  }
}
