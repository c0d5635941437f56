package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The packaged chart in a real API server. */
@EnabledIfEnvironmentVariable(
    named = Cluster.FOLDER_VARIABLE,
    matches = ".+",
    disabledReason = "no Kubernetes API server: KUBE_API_TEST_DIR is not set")
class InstallTest {
  private static final String NAMESPACE = "research";

  @TempDir static Path folder;

  private static Cluster cluster;
  private static KubernetesClient client;
  private static Path packaged;
  private static Path kubeconfig;

  @BeforeAll
  static void install() throws IOException {
    cluster = Cluster.start();
    client = cluster.client();
    kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
    packaged = PackagedChart.in(folder, client);
    client
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    helmInstall();
  }

  @AfterAll
  static void stop() {
    client.close();
    cluster.close();
  }

  private static void helmInstall() {
    assertThat(
            new Helm(packaged)
                .install()
                .withName("isoflop")
                .withNamespace(NAMESPACE)
                .withKubeConfig(kubeconfig)
                .call()
                .getStatus())
        .isEqualTo("deployed");
  }

  private static Deployment deployment() {
    return client.apps().deployments().inNamespace(NAMESPACE).withName("isoflop").get();
  }

  private static GenericKubernetesResource sweep() {
    return client
        .genericKubernetesResources("isoflop.dev/v1alpha1", "ScalingSweep")
        .inNamespace(NAMESPACE)
        .withName("quickstart")
        .get();
  }

  @Test
  void aPodOfTheOperatorMeetsTheRestrictedPodSecurityStandard() {
    PodTemplateSpec template = deployment().getSpec().getTemplate();

    // An API server that enforces the standard refuses what does not meet it.
    client
        .pods()
        .inNamespace(NAMESPACE)
        .resource(
            new PodBuilder()
                .withNewMetadataLike(template.getMetadata())
                .withName("operator")
                .endMetadata()
                .withSpec(template.getSpec())
                .build())
        .create();

    assertThat(client.pods().inNamespace(NAMESPACE).withName("operator").get()).isNotNull();
  }

  @Test
  void theOperatorMayDoWhatItsRolesSayAndNoMore() throws IOException {
    for (JsonNode role : Chart.ofKind(Chart.template().call(), "Role")) {
      for (JsonNode rule : role.get("rules")) {
        for (JsonNode resource : rule.get("resources")) {
          for (JsonNode verb : rule.get("verbs")) {
            assertThat(
                    allowed(
                        NAMESPACE,
                        verb.asText(),
                        rule.get("apiGroups").get(0).asText(),
                        resource.asText(),
                        rule.at("/resourceNames/0").asText("")))
                .as("%s %s", verb, resource)
                .isTrue();
          }
        }
      }
    }
    assertThat(allowed(NAMESPACE, "get", "", "secrets", "")).isFalse();
    assertThat(allowed(NAMESPACE, "create", "", "pods", "")).isFalse();
    assertThat(allowed(NAMESPACE, "delete", "isoflop.dev", "scalingsweeps", "")).isFalse();
    assertThat(allowed(NAMESPACE, "update", "coordination.k8s.io", "leases", "other")).isFalse();
    assertThat(allowed("default", "list", "isoflop.dev", "scalingsweeps", "")).isFalse();
  }

  @Test
  void theAccountOfWorkersMayDoNothingOfIt() throws IOException {
    assertThat(
            client
                .serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName("isoflop-worker")
                .get()
                .getAutomountServiceAccountToken())
        .isFalse();
    List<String> asked = new ArrayList<>();
    for (JsonNode role : Chart.ofKind(Chart.template().call(), "Role")) {
      for (String permission : Permissions.of(role)) {
        String[] parts = permission.split("[/ ]", 2);
        String resource = parts[1].substring(0, parts[1].lastIndexOf(' '));
        String verb = parts[1].substring(parts[1].lastIndexOf(' ') + 1);
        asked.add(permission);
        assertThat(allowed("isoflop-worker", NAMESPACE, verb, parts[0], resource, ""))
            .as("%s", permission)
            .isFalse();
      }
    }
    assertThat(asked).hasSizeGreaterThan(15);
  }

  private static boolean allowed(
      String namespace, String verb, String group, String resource, String name) {
    return allowed("isoflop", namespace, verb, group, resource, name);
  }

  private static boolean allowed(
      String account, String namespace, String verb, String group, String resource, String name) {
    String[] parts = resource.split("/", -1);
    return Boolean.TRUE.equals(
        client
            .authorization()
            .v1()
            .subjectAccessReview()
            .create(
                new SubjectAccessReviewBuilder()
                    .withNewSpec()
                    .withUser("system:serviceaccount:research:" + account)
                    .withNewResourceAttributes()
                    .withNamespace(namespace)
                    .withVerb(verb)
                    .withGroup(group)
                    .withResource(parts[0])
                    .withSubresource(parts.length > 1 ? parts[1] : null)
                    .withName(name.isEmpty() ? null : name)
                    .endResourceAttributes()
                    .endSpec()
                    .build())
            .getStatus()
            .getAllowed());
  }

  @Test
  void sweepsSurviveAnUpgradeAndAnUninstall() throws IOException {
    try (var manifest = Files.newInputStream(Path.of("../examples/quickstart.yaml"))) {
      client.load(manifest).inNamespace(NAMESPACE).create();
    }
    String uid = sweep().getMetadata().getUid();

    new Helm(packaged)
        .upgrade()
        .withName("isoflop")
        .withNamespace(NAMESPACE)
        .withKubeConfig(kubeconfig)
        .set("replicas", 1)
        .call();
    assertThat(deployment().getSpec().getReplicas()).isOne();
    assertThat(sweep().getMetadata().getUid()).isEqualTo(uid);

    Helm.uninstall("isoflop").withNamespace(NAMESPACE).withKubeConfig(kubeconfig).call();
    assertThat(deployment()).isNull();
    assertThat(sweep().getMetadata().getUid()).isEqualTo(uid);

    helmInstall();
    assertThat(deployment().getSpec().getReplicas()).isEqualTo(2);
    assertThat(sweep().getMetadata().getUid()).isEqualTo(uid);
  }
}
