package dev.isoflop.operator.kubernetes.resources;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The init container that makes a trial's folders in the claim, as the worker's user. Without it
 * the kubelet makes them as root when it mounts them by {@code subPath}, and on volumes without
 * fsGroup (hostPath, NFS, many that several nodes may write) no worker could use them.
 *
 * <p>It alone sees the claim's root, and runs nothing but that: the worker itself, which runs what
 * users bring along, still sees the folders of its own trial and sweep only.
 */
public final class FolderContainer {
  public static final String NAME = "isoflop-folders";

  /** Path of the claim's root in the container. */
  static final String CLAIM = "/claim";

  /** Resources of the worker that it needs as well; devices are not among them. */
  private static final Set<String> NEEDED = Set.of("cpu", "memory", "ephemeral-storage");

  private FolderContainer() {}

  /**
   * The container.
   *
   * @param worker whose image, user and resources it shares
   * @param claim mounts the claim's root at {@link #CLAIM}
   * @param scratch a folder to write to
   * @param folders in the claim
   */
  static Container of(Container worker, VolumeMount claim, VolumeMount scratch, String... folders) {
    ContainerBuilder container =
        new ContainerBuilder()
            .withName(NAME)
            .withImage(worker.getImage())
            .withImagePullPolicy(worker.getImagePullPolicy())
            .addToArgs("make-folders")
            .withResources(needed(worker.getResources()))
            .withSecurityContext(worker.getSecurityContext())
            .withTerminationMessagePath(WorkerPod.TERMINATION_MESSAGE)
            .withTerminationMessagePolicy("File")
            .withVolumeMounts(claim, scratch);
    for (String folder : folders) {
      container.addToArgs(CLAIM + "/" + folder);
    }
    return container.build();
  }

  private static ResourceRequirements needed(@Nullable ResourceRequirements worker) {
    return worker == null
        ? new ResourceRequirements()
        : new ResourceRequirementsBuilder()
            .withRequests(needed(worker.getRequests()))
            .withLimits(needed(worker.getLimits()))
            .build();
  }

  private static Map<String, Quantity> needed(@Nullable Map<String, Quantity> amounts) {
    Map<String, Quantity> needed = new TreeMap<>(amounts == null ? Map.of() : amounts);
    needed.keySet().retainAll(NEEDED);
    return needed;
  }
}
