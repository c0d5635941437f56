package dev.isoflop.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The container of a pod as a process of this machine: its arguments and environment, its volumes
 * as folders, its address on the loopback network.
 */
final class PodProcess implements AutoCloseable {
  private static final int LONGEST_MESSAGE = 4096;

  private final Process process;
  private final boolean worker;
  private final String address;
  private final Path message;
  private final List<PortForward> open;

  private PodProcess(
      Process process, boolean worker, String address, Path message, List<PortForward> open) {
    this.process = process;
    this.worker = worker;
    this.address = address;
    this.message = message;
    this.open = open;
  }

  /**
   * Starts the operator.
   *
   * @param folder of this pod
   * @param kubeconfig for the pod's service account
   * @param flags of its virtual machine
   */
  static PodProcess operator(
      Pod pod, String address, Path folder, String kubeconfig, List<String> flags)
      throws IOException {
    Path config = Files.writeString(folder.resolve("kubeconfig"), kubeconfig);
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(flags);
    command.addAll(List.of("-jar", jar("operator")));
    ProcessBuilder builder = builder(pod, command, folder);
    builder.environment().put("KUBECONFIG", config.toString());
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.environment().put("HOSTNAME", pod.getMetadata().getName());
    builder.environment().put("QUARKUS_HTTP_HOST", address);
    return new PodProcess(builder.start(), false, address, folder.resolve("message"), List.of());
  }

  /**
   * Starts a worker.
   *
   * @param folder of this pod
   * @param claims holds a folder for each persistent volume claim
   */
  static PodProcess worker(Pod pod, String address, Path folder, Path claims) throws IOException {
    Map<String, Path> mounts = new TreeMap<>();
    Container container = pod.getSpec().getContainers().get(0);
    for (VolumeMount mount : container.getVolumeMounts()) {
      mounts.put(mount.getMountPath(), mounted(pod, mount, folder, claims));
    }
    Path config = Path.of(container.getArgs().get(0));
    Path configFile =
        requireNonNull(mounts.get(config.getParent().toString())).resolve(config.getFileName());
    Path message = folder.resolve("message");
    ObjectNode written = (ObjectNode) TrialJson.MAPPER.readTree(configFile.toFile());
    ObjectNode runtime = (ObjectNode) written.get("runtime");
    Path trial = requireNonNull(mounts.get(runtime.get("folder").asText()));
    runtime.put("folder", trial.toString());
    if (runtime.hasNonNull("cache")) {
      runtime.put("cache", requireNonNull(mounts.get(runtime.get("cache").asText())).toString());
    }
    runtime.put("terminationMessagePath", message.toString());
    int port = runtime.get("metricsPort").asInt();
    runtime.put("metricsPort", 0);
    TrialJson.MAPPER.writeValue(configFile.toFile(), written);
    Files.deleteIfExists(trial.resolve(TrialFiles.METRICS_PORT));

    List<String> command =
        new ArrayList<>(
            List.of(java(), "-XX:+UseSerialGC", "-cp", jar("worker"), "dev.isoflop.worker.Main"));
    ProcessBuilder builder = builder(pod, command, folder);
    builder.command().set(builder.command().size() - 1, configFile.toString());
    PortForward forward = PortForward.listen(address, port, () -> port(trial));
    return new PodProcess(builder.start(), true, address, message, List.of(forward));
  }

  private static OptionalInt port(Path trial) {
    Path file = trial.resolve(TrialFiles.METRICS_PORT);
    try {
      String text = Files.exists(file) ? Files.readString(file).trim() : "";
      return text.matches("\\d+") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    } catch (IOException beingWritten) {
      return OptionalInt.empty();
    }
  }

  /** The Java that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The jar that the image of this name holds. */
  static String jar(String image) {
    return Path.of(
            image.equals("operator")
                ? "../operator/target/quarkus-app/quarkus-run.jar"
                : "../worker/target/isoflop-worker.jar")
        .toAbsolutePath()
        .normalize()
        .toString();
  }

  private static ProcessBuilder builder(Pod pod, List<String> command, Path folder) {
    Container container = pod.getSpec().getContainers().get(0);
    command.addAll(container.getArgs());
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
    for (EnvVar variable : container.getEnv()) {
      builder.environment().put(variable.getName(), value(pod, variable));
    }
    return builder;
  }

  private static String value(Pod pod, EnvVar variable) {
    if (variable.getValueFrom() == null) {
      return Optional.ofNullable(variable.getValue()).orElse("");
    }
    String field = variable.getValueFrom().getFieldRef().getFieldPath();
    return switch (field) {
      case "metadata.namespace" -> pod.getMetadata().getNamespace();
      case "metadata.name" -> pod.getMetadata().getName();
      default -> throw new AssertionError(field + ": is not played");
    };
  }

  private static Path mounted(Pod pod, VolumeMount mount, Path folder, Path claims)
      throws IOException {
    Volume volume =
        pod.getSpec().getVolumes().stream()
            .filter(found -> found.getName().equals(mount.getName()))
            .findFirst()
            .orElseThrow();
    @Nullable String subPath = mount.getSubPath();
    Path at =
        volume.getPersistentVolumeClaim() != null
            ? claims.resolve(volume.getPersistentVolumeClaim().getClaimName())
            : folder.resolve("volumes").resolve(mount.getName());
    Path path = subPath == null ? at : at.resolve(subPath);
    Files.createDirectories(path);
    if (volume.getDownwardAPI() != null) {
      for (var item : volume.getDownwardAPI().getItems()) {
        String field = item.getFieldRef().getFieldPath();
        String annotation = field.replaceFirst("^metadata.annotations\\['(.*)'\\]$", "$1");
        Files.writeString(
            path.resolve(item.getPath()),
            requireNonNull(pod.getMetadata().getAnnotations().get(annotation)));
      }
    }
    return path;
  }

  boolean isWorker() {
    return worker;
  }

  String address() {
    return address;
  }

  long id() {
    return process.pid();
  }

  /** The exit code; empty while it runs. */
  OptionalInt exit() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** What it left as its termination message. */
  String message() throws IOException {
    if (!Files.exists(message)) {
      return "";
    }
    byte[] bytes = Files.readAllBytes(message);
    return new String(bytes, 0, Math.min(bytes.length, LONGEST_MESSAGE), UTF_8);
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() throws IOException {
    for (PortForward part : open) {
      part.close();
    }
    process.destroyForcibly().onExit().join(); // its port is free then
  }
}
