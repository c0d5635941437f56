package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.LawsStatus;
import dev.isoflop.api.v1alpha1.status.ProvenanceStatus;
import dev.isoflop.api.v1alpha1.sweep.GridShape;
import dev.isoflop.api.v1alpha1.sweep.PowerLawPrior;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.model.FlopConvention;
import dev.isoflop.operator.kubernetes.DyingOperators;
import dev.isoflop.operator.kubernetes.Ends;
import dev.isoflop.operator.kubernetes.FakeKubelet.End;
import dev.isoflop.operator.kubernetes.RealApiServer;
import dev.isoflop.operator.kubernetes.RunningCluster;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.kubernetes.observe.MountEvents;
import dev.isoflop.operator.kubernetes.observe.WatchedResources;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole operator against a real API server, with Kubernetes' own Job controller where its
 * program lies beside the API server's. Only the nodes are played.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBE_API_TEST_DIR",
    matches = ".+",
    disabledReason =
        "needs a real API server: point KUBE_API_TEST_DIR at a folder with"
            + " k8s/<version>-linux-amd64/{etcd,kube-apiserver,kubectl}")
class RealApiServerTest {
  private static RealApiServer server;
  private static KubernetesClient client;

  private final Path folder;

  RealApiServerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void start() throws IOException {
    server = RealApiServer.start();
    client = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void clean() {
    client
        .genericKubernetesResources("isoflop.dev/v1alpha1", "ScalingSweep")
        .inNamespace("default")
        .delete();
    client.resources(Trial.class).inNamespace("default").delete();
    client.resources(Job.class).inNamespace("default").delete();
    client.pods().inNamespace("default").withGracePeriod(0).delete();
  }

  private static RunningCluster cluster() {
    return new RunningCluster(client, StatusWrite.Apply, !server.runsJobs());
  }

  private static TrialQuota noQuota() {
    return new TrialQuota(Integer.MAX_VALUE, Clock.systemUTC());
  }

  private static ScalingSweepStatus status(RunningCluster cluster) {
    return Objects.requireNonNull(cluster.sweep("sweep").getStatus());
  }

  @Test
  void aSweepAppliedWithKubectlGoesFromAcceptedToFittedLaws() throws Exception {
    try (RunningCluster cluster = cluster()) {
      cluster.operator(client, "one");
      Path manifest = Path.of("src/test/resources/manifests/valid-small.yaml");
      assertThat(server.kubectl("apply", "-f", manifest.toString()).output())
          .contains("scalingsweep.isoflop.dev/sweep created");
      cluster.until("accepted", () -> cluster.isTrue("sweep", ConditionType.Accepted));
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      assertThat(ConditionType.LawsFitted.isTrue(status(cluster).conditions())).isTrue();
      assertThat(cluster.kubelet.completions.values()).containsOnly(1);
      assertThat(
              server
                  .kubectl("wait", "--for=condition=Finished", "ssweep/sweep", "--timeout=5s")
                  .output())
          .contains("condition met");
      assertThat(server.kubectl("get", "ssweep").output())
          .contains("STATUS", "N-EXP", "Completed", "9/9");
    }
  }

  @Test
  void statusesAreAppliedUnderOurName() throws Exception {
    try (RunningCluster cluster = cluster()) {
      cluster.operator(client, "one");
      client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
      cluster.until("accepted", () -> cluster.isTrue("sweep", ConditionType.Accepted));
      assertThat(cluster.sweep("sweep").getMetadata().getManagedFields())
          .anySatisfy(
              entry -> {
                assertThat(entry.getManager()).isEqualTo("isoflop");
                assertThat(entry.getOperation()).isEqualTo("Apply");
                assertThat(entry.getSubresource()).isEqualTo("status");
              });
    }
  }

  @Test
  void evictionsFailuresAndLostMessagesEndAsOnTheFakeCluster() {
    List<String> trials =
        SmallSweeps.limited().plan("sweep").trials().stream().map(trial -> trial.name()).toList();
    try (RunningCluster cluster = cluster()) {
      cluster
          .kubelet
          .script(trials.get(0), End.IsEvicted)
          .script(trials.get(1), End.GivesUp)
          .script(trials.get(2), End.RunsOutOfMemory);
      cluster.operator(client, "one");
      client.resource(SmallSweeps.of("sweep", SmallSweeps.limited())).create();
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      assertThat(Objects.requireNonNull(status(cluster).trials()).succeeded()).isEqualTo(7);
      assertThat(trial(trials.get(0)).attempt()).isEqualTo(1);
      assertThat(Objects.requireNonNull(trial(trials.get(1)).outcome()).type().name())
          .isEqualTo("Failed");
      assertThat(Objects.requireNonNull(trial(trials.get(2)).outcome()).type().name())
          .isEqualTo("Excluded");
    }
  }

  private static TrialStatus trial(String name) {
    return Objects.requireNonNull(
        client.resources(Trial.class).inNamespace("default").withName(name).get().getStatus());
  }

  @Test
  void twoOperatorsAtOnceDoNoHarm() {
    try (RunningCluster cluster = cluster();
        KubernetesClient other = server.client()) {
      cluster.operator(client, "one");
      cluster.operator(other, "two");
      client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      assertThat(cluster.kubelet.completions.values()).containsOnly(1).hasSize(9);
      assertThat(cluster.isTrue("sweep", ConditionType.Succeeded)).isTrue();
    }
  }

  @Test
  void anOperatorThatEndsInTheMiddleIsFollowedByAnother() {
    try (RunningCluster cluster = cluster();
        KubernetesClient other = server.client()) {
      SweepOperator first = cluster.operator(client, "one");
      client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
      cluster.until("three are done", () -> cluster.kubelet.completions.size() >= 3);
      first.close();
      cluster.operator(other, "two");
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      assertThat(cluster.kubelet.completions.values()).containsOnly(1).hasSize(9);
      assertThat(cluster.isTrue("sweep", ConditionType.Succeeded)).isTrue();
    }
  }

  @Test
  void aSweepIsEditedSuspendedResumedAndDeletedWhileItRuns() throws Exception {
    assumeTrue(server.runsJobs(), "nobody collects what a deleted sweep owned");
    try (RunningCluster cluster = cluster()) {
      SmallSweeps.specs()
          .plan("sweep")
          .trials()
          .forEach(trial -> cluster.kubelet.script(trial.name(), End.NeverEnds, End.NeverEnds));
      cluster.operator(client, "one");
      client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
      cluster.until("two run", () -> running(cluster) == 2);

      patch("{\"spec\":{\"scheduling\":{\"maxParallel\":4}}}");
      cluster.until("four run", () -> running(cluster) == 4);
      assertThat(cluster.kubelet.mostAtOnce).isLessThanOrEqualTo(4);

      patch("{\"spec\":{\"suspend\":true}}");
      cluster.until("suspended", () -> reason(cluster).equals("Suspended"));
      assertThat(client.batch().v1().jobs().inNamespace("default").list().getItems()).isEmpty();

      patch("{\"spec\":{\"suspend\":false}}");
      cluster.until("four run again", () -> running(cluster) == 4);
      assertThat(client.resources(Trial.class).inNamespace("default").list().getItems())
          .extracting(Trial::getStatus)
          .filteredOn(Objects::nonNull)
          .hasSizeGreaterThanOrEqualTo(4)
          .allSatisfy(status -> assertThat(status.failures()).isZero());

      assertThat(server.kubectl("delete", "ssweep/sweep").output()).contains("deleted");
      cluster.until("nothing of it is left", RealApiServerTest::empty);
      Instant later = Instant.now().plusSeconds(3);
      cluster.until("a while has passed", () -> Instant.now().isAfter(later));
      assertThat(empty()).isTrue();
    }
  }

  @Test
  void sweepsOfANamespaceShareItsQuotaOfTrials() throws Exception {
    try (RunningCluster cluster = cluster()) {
      cluster.trialsPerNamespace = 10;
      cluster.operator(client, "one");
      client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      client.resource(SmallSweeps.of("second", SmallSweeps.specs())).create();
      cluster.until("told", () -> cluster.isTrue("second", ConditionType.Degraded));

      assertThat(client.resources(Trial.class).inNamespace("default").list().getItems())
          .hasSize(10);
      assertThat(
              ConditionType.Degraded.in(
                      Objects.requireNonNull(cluster.sweep("second").getStatus()).conditions())
                  .orElseThrow()
                  .getMessage())
          .contains("the namespace default holds 10 trials, as many as this installation");

      assertThat(server.kubectl("delete", "ssweep/sweep").output()).contains("deleted");
      cluster.until("there is room", () -> cluster.isTrue("second", ConditionType.Finished));
      assertThat(cluster.isTrue("second", ConditionType.LawsFitted)).isTrue();
    }
  }

  private static void patch(String merged) throws Exception {
    assertThat(server.kubectl("patch", "ssweep/sweep", "--type=merge", "-p", merged).output())
        .contains("patched");
  }

  private static int running(RunningCluster cluster) {
    ScalingSweepStatus status = cluster.sweep("sweep").getStatus();
    return status == null || status.trials() == null ? 0 : status.trials().running();
  }

  private static String reason(RunningCluster cluster) {
    return ConditionType.Progressing.in(status(cluster).conditions()).orElseThrow().getReason();
  }

  private static boolean empty() {
    return client.resources(Trial.class).inNamespace("default").list().getItems().isEmpty()
        && client.resources(Job.class).inNamespace("default").list().getItems().isEmpty()
        && client.pods().inNamespace("default").list().getItems().isEmpty();
  }

  @Test
  void whereverTheOperatorDiesAmongItsWritesASweepEndsTheSame() {
    die(9);
  }

  @Test
  @Tag("bench")
  void atEveryWriteThatTheOperatorDiesASweepEndsTheSame() {
    die(1);
  }

  private static void die(int stride) {
    new DyingOperators(client, RealApiServerTest::cluster, SmallSweeps.specs().withBudgets(1e10))
        .dieEverywhere(stride);
  }

  /** As after an upgrade of the operator alone; the CRD follows while the sweep is under way. */
  @Test
  void aSweepWaitsForCrdsThatAreOlderThanTheOperator() {
    Resource<CustomResourceDefinition> crd =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName("scalingsweeps.isoflop.dev");
    CustomResourceDefinition current = crd.get();
    crd.edit(
        older -> {
          JSONSchemaProps schema =
              older.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
          Objects.requireNonNull(schema.getProperties().get("status"))
              .getProperties()
              .remove("columns");
          return older;
        });
    try (RunningCluster cluster = cluster()) {
      cluster.operator(client, "one");
      client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
      cluster.until("all trained", () -> cluster.kubelet.completions.size() == 9);
      assertThat(cluster.isTrue("sweep", ConditionType.Finished)).isFalse();
      crd.edit(
          upgraded -> {
            upgraded.setSpec(current.getSpec());
            return upgraded;
          });
      cluster.until("finished", () -> cluster.isTrue("sweep", ConditionType.Finished));
      Ends.check(cluster, "sweep", Optional.empty());
      assertThat(Objects.requireNonNull(status(cluster).columns()).parametersExponent())
          .isNotNull();
    }
  }

  /** As sweeps that were stored before a schema became stricter. */
  @Test
  void sweepsFromBeforeTheSchemaAreMarkedAndHoldUpNoOther() throws Exception {
    Resource<CustomResourceDefinition> crd =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName("scalingsweeps.isoflop.dev");
    CustomResourceDefinition current = crd.get();
    crd.edit(RealApiServerTest::lax);
    try {
      createLax("amount", "resources: {cpu: \"\"}");
      createLax("integer", "extraSizes: 99999999999");
    } finally { // other tests need the schema as it is
      crd.edit(
          stricter -> {
            stricter.setSpec(current.getSpec());
            return stricter;
          });
    }
    try (WatchedResources watched = new WatchedResources(client);
        RunningCluster cluster =
            new RunningCluster(watched.writer(), StatusWrite.Apply, !server.runsJobs())) {
      cluster.operator(client, "one");
      client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
      var sweeps = watched.client().resources(ScalingSweep.class).inNamespace("default");
      cluster.until(
          "finished",
          () ->
              ConditionType.Finished.isTrue(
                  Optional.ofNullable(sweeps.withName("sweep").get().getStatus())
                      .map(ScalingSweepStatus::conditions)
                      .orElse(List.of())));
      assertThat(condition(sweeps.withName("amount").get()))
          .satisfies(
              accepted -> {
                assertThat(accepted.getStatus()).isEqualTo("False");
                assertThat(accepted.getMessage()).startsWith("spec.scheduling.resources.cpu: ");
              });
      assertThat(condition(sweeps.withName("integer").get()))
          .satisfies(
              accepted -> {
                assertThat(accepted.getStatus()).isEqualTo("False");
                assertThat(accepted.getReason()).isEqualTo("Unreadable");
                assertThat(accepted.getMessage()).startsWith("spec.scheduling.extraSizes: ");
              });
    }
  }

  private static Condition condition(ScalingSweep sweep) {
    return ConditionType.Accepted.in(Objects.requireNonNull(sweep.getStatus()).conditions())
        .orElseThrow();
  }

  private static CustomResourceDefinition lax(CustomResourceDefinition crd) {
    JSONSchemaProps whole = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
    JSONSchemaProps scheduling = property(property(whole, "spec"), "scheduling");
    property(scheduling, "extraSizes").setMaximum(null);
    property(whole, "spec")
        .getXKubernetesValidations()
        .removeIf(
            rule ->
                "FieldValueInvalid".equals(rule.getReason())
                    && ".grid".equals(rule.getFieldPath()));
    property(scheduling, "resources").getAdditionalProperties().getSchema().setPattern(null);
    return crd;
  }

  private static JSONSchemaProps property(JSONSchemaProps schema, String name) {
    return Objects.requireNonNull(schema.getProperties().get(name));
  }

  private void createLax(String name, String scheduling) throws Exception {
    String manifest = Files.readString(Path.of("src/test/resources/manifests/valid-small.yaml"));
    Path file =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            manifest
                .replace("name: sweep", "name: " + name)
                .replaceAll("(?m)^  scheduling:.*$", "  scheduling: {" + scheduling + "}"));
    RealApiServer.Answer answer = server.kubectl("create", "-f", file.toString());
    for (int i = 0; i < 50 && answer.status() != 0; i++) { // the new schema takes a moment
      Thread.sleep(200);
      answer = server.kubectl("create", "-f", file.toString());
    }
    assertThat(answer.output()).contains("created");
  }

  @Test
  void aStatusDerivedFromAnOlderVersionIsNotStored() throws Exception {
    client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
    ScalingSweep observed =
        client.resources(ScalingSweep.class).inNamespace("default").withName("sweep").get();
    ApiCluster api = new ApiCluster(client, StatusWrite.Apply, noQuota());
    ScalingSweepStatus status =
        new ScalingSweepStatus(1L, List.of(), null, null, List.of(), null, List.of(), null, null);
    api.store(observed, status);
    assertThatThrownBy(() -> api.store(observed, status)).isInstanceOf(StaleViewException.class);
  }

  /** The API server prunes what a schema does not keep, and kubectl refuses what it would prune. */
  @Test
  void aTemplateReachesThePodsOfTheJobs() throws Exception {
    Path manifest = Path.of("src/test/resources/manifests/valid-template.yaml");
    RealApiServer.Answer answer =
        server.kubectl("apply", "--server-side", "--validate=strict", "-f", manifest.toString());
    assertThat(answer.output()).contains("scalingsweep.isoflop.dev/sweep serverside-applied");
    try (RunningCluster cluster = cluster()) {
      cluster.operator(client, "one");
      cluster.until("a Job", () -> !cluster.store.jobs().isEmpty());
    }
    PodTemplateSpec template =
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace("default")
            .list()
            .getItems()
            .get(0)
            .getSpec()
            .getTemplate();
    PodSpec pod = template.getSpec();
    assertThat(template.getMetadata().getLabels()).containsEntry("team", "vision");
    assertThat(pod.getNodeSelector()).containsEntry("accelerator", "h100");
    assertThat(pod.getPriorityClassName()).isEqualTo("research");
    assertThat(pod.getImagePullSecrets()).extracting("name").containsExactly("registry");
    assertThat(pod.getTolerations()).extracting("key").containsExactly("nvidia.com/gpu");
    assertThat(pod.getVolumes()).extracting("name").contains("data", "scratch");
    Container worker = pod.getContainers().get(0);
    assertThat(worker.getVolumeMounts()).extracting("mountPath").contains("/data", "/trial");
    assertThat(worker.getEnv()).extracting("name").contains("JAVA_TOOL_OPTIONS");
    assertThat(worker.getResources().getLimits()).containsKey("nvidia.com/gpu");
  }

  /** Every block of the pages that shows how pods are set is taken as it stands there. */
  /** Nodes write the former kind of event; the operator reads the newer one. */
  @Test
  void whatANodeSaysOfAVolumeIsRead() {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("stuck")
            .withNamespace("default")
            .withUid("5b2b9c0e-0000-4000-8000-000000000001")
            .endMetadata()
            .build();
    for (String reason : List.of("FailedMount", "Pulling")) {
      client
          .v1()
          .events()
          .inNamespace("default")
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withName("stuck." + reason.toLowerCase(Locale.ROOT))
                  .withNamespace("default")
                  .endMetadata()
                  .withType("Warning")
                  .withReason(reason)
                  .withMessage("secret \"hub\" not found")
                  .withLastTimestamp(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                  .withNewInvolvedObject()
                  .withKind("Pod")
                  .withNamespace("default")
                  .withName("stuck")
                  .withUid(pod.getMetadata().getUid())
                  .endInvolvedObject()
                  .build())
          .create();
    }

    assertThat(new MountEvents(client).of(pod, Instant.now()))
        .contains("FailedMount: secret \"hub\" not found");
  }

  @Test
  void theDocumentedTemplateIsTaken() throws Exception {
    String page = Files.readString(Path.of("../docs/operations.md"));
    int start = page.indexOf("scheduling:\n", page.indexOf("## Pods of workers"));
    String block = page.substring(start, page.indexOf("```", start));
    String manifest = Files.readString(Path.of("src/test/resources/manifests/valid-small.yaml"));
    String documented = manifest.replaceAll("(?m)^  scheduling:.*\n", "") + block.indent(2);
    assertThat(documented).contains("podTemplate", "priorityClassName");
    Path file = Files.writeString(folder.resolve("documented.yaml"), documented);
    assertThat(
            server
                .kubectl("create", "--dry-run=server", "--validate=strict", "-f", file.toString())
                .output())
        .contains("created (server dry run)");
    ScalingSweep stored =
        Serialization.unmarshal(
            server
                .kubectl("create", "--dry-run=server", "-o", "yaml", "-f", file.toString())
                .output(),
            ScalingSweep.class);
    assertThat(Serialization.asYaml(stored.getSpec().scheduling().podTemplate()))
        .contains("claimName: \"laion\"", "mountPath: \"/data\"");
  }

  @Test
  void theLongestTextsThatTheOperatorWritesAreStored() throws Exception {
    client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
    ScalingSweep observed =
        client.resources(ScalingSweep.class).inNamespace("default").withName("sweep").get();
    ApiCluster api = new ApiCluster(client, StatusWrite.Apply, noQuota());
    ScalingSweepStatus largest =
        new ScalingSweepStatus(
            1L,
            List.of(condition("\u20ac".repeat(Bounds.MESSAGE))),
            null,
            null,
            Collections.nCopies(
                Bounds.BUDGETS,
                new BudgetStatus(
                    1e17, 1, 1, null, null, false, null, "x".repeat(Bounds.CURVE_MESSAGE))),
            new LawsStatus(
                null,
                null,
                null,
                null,
                List.of(),
                null,
                Collections.nCopies(Bounds.FINDINGS, "x".repeat(Bounds.FINDING)),
                new ProvenanceStatus("", "", FlopConvention.Analytic)),
            List.of(),
            null,
            null);
    ScalingSweep stored = api.store(observed, largest);
    assertThat(stored.getStatus()).isEqualTo(largest);

    ScalingSweepStatus tooLong =
        new ScalingSweepStatus(
            1L,
            List.of(condition("x".repeat(Bounds.MESSAGE + 1))),
            null,
            null,
            List.of(),
            null,
            List.of(),
            null,
            null);
    assertThatThrownBy(() -> api.store(stored, tooLong))
        .isInstanceOf(StatusRefusedException.class)
        .hasMessageContaining("status.conditions[0].message");
    assertThat(new StatusStore(api, Instant.now()).store(stored, tooLong))
        .satisfies(
            lesser -> {
              assertThat(lesser.refusal()).isPresent();
              assertThat(
                      lesser.resource().orElseThrow().getStatus().conditions().get(0).getMessage())
                  .endsWith("more characters)");
            });
  }

  private static Condition condition(String message) {
    return new ConditionBuilder()
        .withType("Accepted")
        .withStatus("True")
        .withReason("Planned")
        .withMessage(message)
        .withLastTransitionTime("2026-01-01T00:00:00Z")
        .withObservedGeneration(1L)
        .build();
  }

  static Stream<Path> invalidManifests() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/manifests"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("invalid-"))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** The first line of each manifest says what the API server must answer. */
  @ParameterizedTest
  @MethodSource("invalidManifests")
  void aManifestThatTheSchemaRefusesIsToldWhy(Path manifest) throws Exception {
    String expected = Files.readAllLines(manifest).get(0).replaceFirst("^# ", "");
    RealApiServer.Answer answer = server.kubectl("create", "-f", manifest.toString());
    assertThat(answer.status()).as(answer.output()).isNotZero();
    assertThat(answer.output()).contains(expected);
  }

  @Test
  void whatDefinesTheExperimentCannotBeChanged() {
    client.resource(SmallSweeps.of("sweep", SmallSweeps.specs())).create();
    ScalingSweep sweep =
        client.resources(ScalingSweep.class).inNamespace("default").withName("sweep").get();
    var specs = SmallSweeps.specs();
    specs.batchSize = 16;
    sweep.setSpec(specs.build());
    assertThatThrownBy(() -> client.resource(sweep).update())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("training is immutable: it defines the experiment");
  }

  /** 81,920 trials, each field within its own bounds. */
  @Test
  void aSweepOfTooManyTrialsIsRefusedUnlessNothingOfItMayStart() {
    Specs specs = SmallSweeps.specs();
    specs.budgets =
        IntStream.range(0, Bounds.BUDGETS).mapToObj(i -> 1e12 * StrictMath.pow(1.1, i)).toList();
    specs.trialsPerBudget = Bounds.SIZES;
    specs.extraSizes = Bounds.EXTRA_SIZES;
    specs.repeats = Bounds.REPEATS;
    assertThatThrownBy(() -> client.resource(SmallSweeps.of("huge", specs)).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec.grid")
        .hasMessageContaining("x grid.repeats must be at most 4096 trials");

    specs.suspend = true;
    assertThat(client.resource(SmallSweeps.of("huge", specs)).create()).isNotNull();
    specs.suspend = false;
    specs.extraSizes = 0;
    specs.trialsPerBudget = 4;
    assertThat(client.resource(SmallSweeps.of("largest", specs)).create()).isNotNull();
    specs.extraSizes = 1;
    assertThatThrownBy(() -> client.resource(SmallSweeps.of("larger", specs)).create())
        .hasMessageContaining("must be at most 4096 trials");
  }

  /** Edits of a stored sweep's grid, and what the API server says to those that take away. */
  static Stream<Arguments> gridEdits() {
    return Stream.of(
        edit("", specs -> specs.trialsPerBudget = 5),
        edit("", specs -> specs.layers = new LayerRange(1, 20)),
        edit("", specs -> specs.span = 9.5),
        edit("", specs -> specs.repeats = 2),
        edit("grid.trialsPerBudget may only be raised", specs -> specs.trialsPerBudget = 3),
        edit("grid.layers may only be widened", specs -> specs.layers = new LayerRange(2, 12)),
        edit("grid.layers may only be widened", specs -> specs.layers = new LayerRange(1, 11)),
        edit("grid.span may only be raised", specs -> specs.span = 7),
        edit("grid.repeats may only be raised", specs -> specs.repeats = 1),
        edit("grid.centre is immutable", specs -> specs.centre = new PowerLawPrior(0.4, 0.5)),
        edit(
            "grid.shapes cannot be added to a grid of layers",
            specs -> specs.shapes = shapes(2, 3, 4)));
  }

  private static Arguments edit(String refusal, Consumer<Specs> edit) {
    return Arguments.of(refusal, edit);
  }

  private static List<GridShape> shapes(int... layers) {
    return IntStream.of(layers).mapToObj(depth -> new GridShape(depth, 16 * depth)).toList();
  }

  @ParameterizedTest
  @MethodSource("gridEdits")
  void aGridMayGrowAndNotShrink(String refusal, Consumer<Specs> edit) {
    Specs specs = SmallSweeps.specs();
    specs.trialsPerBudget = 4;
    specs.repeats = refusal.contains("repeats") ? 2 : 1;
    assertEdit(specs, edit, refusal);
  }

  @Test
  void listedShapesMayBeAddedAndNotTakenAway() {
    Specs specs = SmallSweeps.specs();
    specs.shapes = wide(1, 200);
    assertEdit(specs, more -> more.shapes = wide(1, 256), "");
    specs.shapes = wide(1, 200);
    assertEdit(specs, other -> other.shapes = wide(2, 256), "grid.shapes may only gain shapes");
  }

  private static List<GridShape> wide(int fewest, int most) {
    return IntStream.rangeClosed(fewest, most).mapToObj(depth -> new GridShape(depth, 16)).toList();
  }

  private static void assertEdit(Specs specs, Consumer<Specs> edit, String refusal) {
    var resources = client.resources(ScalingSweep.class).inNamespace("default");
    resources.withName("growing").delete();
    client.resource(SmallSweeps.of("growing", specs)).create();
    ScalingSweep sweep = resources.withName("growing").get();
    edit.accept(specs);
    sweep.setSpec(specs.build());
    if (refusal.isEmpty()) {
      assertThat(client.resource(sweep).update().getSpec()).isEqualTo(sweep.getSpec());
    } else {
      assertThatThrownBy(() -> client.resource(sweep).update())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining(refusal);
    }
  }
}
