package dev.isoflop.helm;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nodes of a cluster: runs the containers of its pods as processes of this machine and tells
 * the API server of them, as a kubelet would. Pods of the operator always find room, those of
 * workers as long as there is some.
 */
final class Nodes implements AutoCloseable {
  private static final List<String> SMALL = List.of("-XX:MaxRAMPercentage=10", "-XX:+UseSerialGC");
  private static final Duration PERIOD = Duration.ofMillis(250);

  private final KubernetesClient client;
  private final String kubeconfig;
  private final String namespace;
  private final Path folder;
  private final int room;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Thread thread = new Thread(this::work, "nodes");
  private int pods = 0;
  private volatile boolean closing;
  private volatile Optional<Throwable> failure = Optional.empty();

  /** A pod of this node. */
  private static final class Running {
    final PodProcess process;
    final Instant since;
    Optional<Instant> killAt = Optional.empty();
    boolean ready;

    Running(PodProcess process, Instant since) {
      this.process = process;
      this.since = since;
    }
  }

  /**
   * Nodes for the pods of one namespace.
   *
   * @param kubeconfig of an administrator
   * @param folder for logs and volumes
   * @param room workers at once
   */
  Nodes(KubernetesClient client, String kubeconfig, String namespace, Path folder, int room) {
    this.client = client;
    this.kubeconfig = kubeconfig;
    this.namespace = namespace;
    this.folder = folder;
    this.room = room;
    thread.setDaemon(true);
  }

  Nodes start() {
    thread.start();
    return this;
  }

  /** Fails the test if the nodes failed. */
  void check() {
    failure.ifPresent(
        cause -> {
          throw new AssertionError("the nodes failed", cause);
        });
  }

  /** Where the persistent volume claims lie. */
  Path claims() {
    return folder.resolve("claims");
  }

  /** Kills the process of a pod, as if its machine had lost power. */
  void kill(Pod pod) {
    requireNonNull(running.get(pod.getMetadata().getUid())).process.kill();
  }

  private void work() {
    try {
      while (!closing) {
        for (Pod pod : client.pods().inNamespace(namespace).list().getItems()) {
          tolerant(() -> sync(pod));
        }
        Thread.sleep(PERIOD.toMillis());
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      failure = Optional.of(e);
    }
  }

  /** Something done with a pod. */
  private interface Step {
    void run() throws Exception;
  }

  /** A pod that was changed or taken away in between is looked at again. */
  private static void tolerant(Step step) throws Exception {
    try {
      step.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND
          && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  private void sync(Pod pod) throws Exception {
    Running known = running.get(pod.getMetadata().getUid());
    if (known == null) {
      begin(pod);
      return;
    }
    if (pod.getMetadata().getDeletionTimestamp() != null && known.killAt.isEmpty()) {
      known.process.terminate();
      known.killAt =
          Optional.of(Instant.now().plusSeconds(pod.getMetadata().getDeletionGracePeriodSeconds()));
    }
    if (known.killAt.filter(Instant.now()::isAfter).isPresent()) {
      known.process.kill();
    }
    if (known.process.exit().isPresent()) {
      end(pod, known);
    } else if (!known.ready && ready(pod, known)) {
      known.ready = true;
      report(pod, status(pod, known, "Running").build());
    }
  }

  private void begin(Pod pod) throws Exception {
    String phase = pod.getStatus().getPhase();
    boolean worker = isWorker(pod);
    if (!"Pending".equals(phase) || pod.getMetadata().getDeletionTimestamp() != null) {
      return;
    }
    if (worker && workers() >= room) {
      noRoom(pod);
      return;
    }
    pull(pod, worker ? BuiltImages.worker() : BuiltImages.operator());
    client
        .bindings()
        .inNamespace(namespace)
        .resource(
            new BindingBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName())
                .endMetadata()
                .withNewTarget()
                .withKind("Node")
                .withName("here")
                .endTarget()
                .build())
        .create();
    Path own = Files.createDirectories(folder.resolve(pod.getMetadata().getName()));
    String address = "127.0.%d.%d".formatted(1 + pods / 200, 1 + pods % 200);
    pods++;
    PodProcess process =
        worker
            ? PodProcess.worker(pod, address, own, claims())
            : PodProcess.operator(pod, address, own, kubeconfigOf(pod), SMALL);
    Running begun = new Running(process, Instant.now());
    running.put(pod.getMetadata().getUid(), begun);
    report(pod, status(pod, begun, "Running").build());
  }

  /** A kubelet that finds no such image would try for ever. */
  private static void pull(Pod pod, String built) {
    String image = pod.getSpec().getContainers().get(0).getImage();
    if (!image.equals(built)) {
      throw new IllegalStateException(
          "ImagePullBackOff: %s wants %s, but the build made %s"
              .formatted(pod.getMetadata().getName(), image, built));
    }
  }

  /** What a scheduler says. */
  private void noRoom(Pod pod) {
    if (pod.getStatus().getConditions().isEmpty()) {
      report(
          pod,
          new PodStatusBuilder(pod.getStatus())
              .addToConditions(
                  new PodConditionBuilder()
                      .withType("PodScheduled")
                      .withStatus("False")
                      .withReason("Unschedulable")
                      .withMessage("0/1 nodes are available: 1 Insufficient cpu.")
                      .build())
              .build());
    }
  }

  private long workers() {
    return running.values().stream()
        .filter(pod -> pod.process.exit().isEmpty())
        .filter(pod -> pod.process.isWorker())
        .count();
  }

  static boolean isWorker(Pod pod) {
    return pod.getSpec().getContainers().get(0).getName().equals("worker");
  }

  private String kubeconfigOf(Pod pod) throws IOException {
    String token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(pod.getSpec().getServiceAccountName())
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(3600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    Config admin = Config.fromKubeconfig(kubeconfig);
    return Serialization.asYaml(
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Config",
            "current-context",
            "here",
            "contexts",
            List.of(
                Map.of(
                    "name",
                    "here",
                    "context",
                    Map.of("cluster", "here", "user", "pod", "namespace", namespace))),
            "clusters",
            List.of(
                Map.of(
                    "name",
                    "here",
                    "cluster",
                    Map.of(
                        "server",
                        admin.getMasterUrl(),
                        "certificate-authority-data",
                        authority(admin)))),
            "users",
            List.of(Map.of("name", "pod", "user", Map.of("token", token)))));
  }

  private static String authority(Config admin) throws IOException {
    return admin.getCaCertData() == null
        ? Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(admin.getCaCertFile())))
        : admin.getCaCertData();
  }

  private boolean ready(Pod pod, Running known) throws InterruptedException {
    if (isWorker(pod)) {
      return true; // no probe: it is ready once it runs
    }
    var probe = pod.getSpec().getContainers().get(0).getReadinessProbe().getHttpGet();
    int port = 8080;
    try {
      return http.send(
                  HttpRequest.newBuilder(
                          URI.create(
                              "http://%s:%d%s"
                                  .formatted(known.process.address(), port, probe.getPath())))
                      .timeout(Duration.ofSeconds(2))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void end(Pod pod, Running known) throws Exception {
    int code = known.process.exit().orElseThrow();
    report(
        pod,
        status(pod, known, code == 0 ? "Succeeded" : "Failed")
            .withContainerStatuses(
                new ContainerStatusBuilder(container(pod, known))
                    .withReady(false)
                    .withStarted(false)
                    .withNewState()
                    .withNewTerminated()
                    .withExitCode(code)
                    .withReason(code == 0 ? "Completed" : "Error")
                    .withMessage(known.process.message())
                    .withStartedAt(seconds(known.since))
                    .withFinishedAt(seconds(Instant.now()))
                    .endTerminated()
                    .endState()
                    .build())
            .build());
    known.process.close();
    running.remove(pod.getMetadata().getUid());
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      client
          .pods()
          .inNamespace(namespace)
          .withName(pod.getMetadata().getName())
          .withGracePeriod(0)
          .delete();
    }
  }

  private static PodStatusBuilder status(Pod pod, Running known, String phase) {
    PodStatus before = pod.getStatus();
    List<PodCondition> conditions = new ArrayList<>(before.getConditions());
    conditions.removeIf(
        condition -> List.of("Ready", "PodScheduled").contains(condition.getType()));
    conditions.add(new PodConditionBuilder().withType("PodScheduled").withStatus("True").build());
    conditions.add(
        new PodConditionBuilder()
            .withType("Ready")
            .withStatus(known.ready && phase.equals("Running") ? "True" : "False")
            .withLastTransitionTime(seconds(Instant.now()))
            .build());
    return new PodStatusBuilder(before)
        .withPhase(phase)
        .withPodIP(known.process.address())
        .withStartTime(seconds(known.since))
        .withConditions(conditions)
        .withContainerStatuses(container(pod, known));
  }

  private static ContainerStatus container(Pod pod, Running known) {
    return new ContainerStatusBuilder()
        .withName(pod.getSpec().getContainers().get(0).getName())
        .withImage(pod.getSpec().getContainers().get(0).getImage())
        .withImageID("")
        .withReady(known.ready)
        .withStarted(true)
        .withRestartCount(0)
        .withNewState()
        .withNewRunning(seconds(known.since))
        .endState()
        .build();
  }

  private void report(Pod pod, PodStatus status) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(pod.getMetadata().getName())
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("status", status)));
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.values().forEach(pod -> pod.process.kill());
  }
}
