package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The cluster of {@code .ci/kubernetes/node}: its one node is this machine, whose kubelet runs the
 * images of this checkout in containers.
 */
final class ContainerNode implements AutoCloseable {
  /** Names the kubeconfig of an administrator. */
  static final String VARIABLE = "ISOFLOP_NODE";

  /** What a container waits for that no time will bring. */
  private static final Set<String> IN_VAIN =
      Set.of(
          "CrashLoopBackOff",
          "CreateContainerConfigError",
          "CreateContainerError",
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName");

  /** User and group of the images. */
  private static final int WORKER = 10001;

  private final Path kubeconfig = Path.of(System.getenv(VARIABLE));
  private final String namespace;
  private final KubernetesClient client;

  /** The node, for the pods of a namespace. */
  ContainerNode(String namespace) throws IOException {
    this.namespace = namespace;
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  KubernetesClient client() {
    return client;
  }

  /** Fails the test where a pod will never run. */
  void check() {
    for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
      Stream.concat(
              pod.getStatus().getInitContainerStatuses().stream(),
              pod.getStatus().getContainerStatuses().stream())
          .map(ContainerStatus::getState)
          .filter(state -> state.getWaiting() != null)
          .forEach(
              state ->
                  assertThat(state.getWaiting().getReason())
                      .as("%s: %s", pod.getMetadata().getName(), state.getWaiting().getMessage())
                      .isNotIn(IN_VAIN));
    }
  }

  /**
   * A folder of this machine as a volume for a claim, given to the user of the images as
   * docs/install.md says.
   */
  void offer(Path folder, String claim) throws IOException {
    Files.createDirectories(folder);
    Files.setAttribute(folder, "unix:uid", WORKER);
    Files.setAttribute(folder, "unix:gid", WORKER);
    client
        .resource(
            new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(volume(claim))
                .endMetadata()
                .withNewSpec()
                .addToCapacity("storage", new Quantity("100Gi"))
                .withAccessModes("ReadWriteMany")
                .withStorageClassName("")
                .withNewHostPath()
                .withPath(folder.toString())
                .endHostPath()
                .withNewClaimRef()
                .withNamespace(namespace)
                .withName(claim)
                .endClaimRef()
                .endSpec()
                .build())
        .create();
  }

  /** Takes a volume away that {@link #offer} made. */
  void withdraw(String claim) {
    client.persistentVolumes().withName(volume(claim)).delete();
  }

  private String volume(String claim) {
    return namespace + "-" + claim;
  }

  /** Ends the programs of a pod at once, as the kernel does where memory is short: SIGKILL. */
  void kill(Pod pod) {
    List<ProcessHandle> programs =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().command().filter(path -> isJava(path)).isPresent())
            .filter(process -> cgroups(process).contains(pod.getMetadata().getUid()))
            .toList();
    assertThat(programs).as("programs of %s", pod.getMetadata().getName()).isNotEmpty();
    assertThat(programs).allSatisfy(process -> assertThat(process.destroyForcibly()).isTrue());
  }

  private static boolean isJava(String command) {
    return Path.of(command).endsWith("java");
  }

  /** In which control groups a process is; the kubelet names those of a pod by its uid. */
  private static String cgroups(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cgroup"));
    } catch (IOException gone) {
      return "";
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
