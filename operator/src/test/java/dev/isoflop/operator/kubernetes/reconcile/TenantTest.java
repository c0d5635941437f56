package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.admission.PodTemplates;
import dev.isoflop.operator.admission.TemplateCase;
import dev.isoflop.operator.kubernetes.RealApiServer;
import dev.isoflop.operator.kubernetes.RunningCluster;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.kubernetes.resources.Labels;
import dev.isoflop.operator.kubernetes.resources.RestrictedPodTest;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A user who may only create sweeps, against a real API server. */
@EnabledIfEnvironmentVariable(
    named = "KUBE_API_TEST_DIR",
    matches = ".+",
    disabledReason = "needs a real API server, as RealApiServerTest does")
class TenantTest {
  private static final String RESTRICTED = "restricted";

  private static RealApiServer server;
  private static KubernetesClient client;
  private static KubernetesClient tenant;

  @BeforeAll
  static void start() throws IOException {
    server = RealApiServer.start();
    client = server.client();
    client
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(RESTRICTED)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    client
        .rbac()
        .roles()
        .inNamespace(SmallSweeps.NAMESPACE)
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName("tenant")
                .endMetadata()
                .addNewRule()
                .withApiGroups("isoflop.dev")
                .withResources("scalingsweeps")
                .withVerbs("create")
                .endRule()
                .build())
        .create();
    client
        .rbac()
        .roleBindings()
        .inNamespace(SmallSweeps.NAMESPACE)
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("tenant")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "tenant")
                .addNewSubject("rbac.authorization.k8s.io", "User", "tenant", null)
                .build())
        .create();
    Config impersonating =
        new ConfigBuilder(client.getConfiguration()).withImpersonateUsername("tenant").build();
    tenant = new KubernetesClientBuilder().withConfig(impersonating).build();
  }

  @AfterAll
  static void stop() {
    tenant.close();
    client.close();
    server.close();
  }

  /** Each as a sweep of its own; no Job of any is made, and the message names the field. */
  @Test
  void getsNoPodThatIsMoreThanAWorker() throws Exception {
    Map<String, TemplateCase> attacks = new LinkedHashMap<>();
    for (TemplateCase attack :
        Stream.concat(
                TemplateCase.forbidden().stream(), TemplateCase.leftToInstallations().stream())
            .toList()) {
      attacks.put("attack-" + attacks.size(), attack);
    }
    assertThatThrownBy(() -> tenant.pods().inNamespace(SmallSweeps.NAMESPACE).list())
        .isInstanceOf(KubernetesClientException.class);
    attacks.forEach((name, attack) -> tenant.resource(sweep(name, attack.template())).create());
    tenant.resource(sweep("honest", Map.of())).create();

    try (RunningCluster cluster =
        new RunningCluster(client, StatusWrite.Apply, !server.runsJobs())) {
      cluster.operator(client, "one");
      cluster.until("the honest one runs", () -> !cluster.store.jobs().isEmpty());
      cluster.until(
          "all are judged",
          () ->
              attacks.keySet().stream().allMatch(name -> cluster.sweep(name).getStatus() != null));
      for (Map.Entry<String, TemplateCase> attack : attacks.entrySet()) {
        Condition accepted =
            Objects.requireNonNull(cluster.sweep(attack.getKey()).getStatus()).conditions().stream()
                .filter(condition -> condition.getType().equals(ConditionType.Accepted.name()))
                .findFirst()
                .orElseThrow();
        assertThat(accepted.getStatus()).as("%s", attack.getValue()).isEqualTo("False");
        assertThat(accepted.getMessage())
            .startsWith("spec.scheduling.podTemplate." + attack.getValue().refused());
      }
      assertThat(cluster.store.jobs())
          .isNotEmpty()
          .allSatisfy(
              job ->
                  assertThat(job.getMetadata().getLabels()).containsEntry(Labels.SWEEP, "honest"));
    }
  }

  private static ScalingSweep sweep(String name, Map<String, Object> template) {
    Specs specs = SmallSweeps.specs();
    specs.podTemplate = template.isEmpty() ? null : template;
    return SmallSweeps.of(name, specs);
  }

  /** What Kubernetes' own admission says of pods that were made past ours. */
  @Test
  void podsMeetTheRestrictedStandardWhateverTheirTemplatesAskFor() throws IOException {
    for (String account : List.of("isoflop-worker", "reader")) {
      client
          .serviceAccounts()
          .inNamespace(RESTRICTED)
          .resource(
              new ServiceAccountBuilder().withNewMetadata().withName(account).endMetadata().build())
          .create();
    }
    List<Map<String, Object>> templates = new ArrayList<>(List.of(Map.of()));
    RestrictedPodTest.attacks().forEach(attack -> templates.add(attack.template()));
    List<String> refused = new ArrayList<>();
    for (Map<String, Object> template : templates) {
      try {
        create(RestrictedPodTest.pod(template));
      } catch (KubernetesClientException e) {
        refused.add(template + ": " + e.getMessage());
      }
    }
    assertThat(templates).hasSizeGreaterThan(30);
    assertThat(refused).isEmpty();
    assertThatThrownBy(
            () ->
                create(
                    PodTemplates.read(
                        Map.of(
                            "spec",
                            Map.of(
                                "hostPID",
                                true,
                                "containers",
                                List.of(Map.of("name", "worker", "image", "a")))))))
        .as("the API server enforces the standard")
        .hasMessageContaining("violates PodSecurity \"restricted:latest\"");
  }

  private static void create(PodTemplateSpec template) {
    Pod pod =
        new PodBuilder()
            .withMetadata(template.getMetadata())
            .withSpec(template.getSpec())
            .editMetadata()
            .withName("worker")
            .endMetadata()
            .build();
    client.pods().inNamespace(RESTRICTED).resource(pod).dryRun().create();
  }
}
