package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RoleTest {
  /** The API calls that the operator's own tests recorded it making. */
  private static final Path RECORDED = Path.of("../operator/target/recorded-verbs.json");

  /** What is asked for, though no call needs it: by API servers, and by the SDK's election. */
  private static final Set<String> ASKED_FOR =
      Set.of(
          "isoflop.dev/scalingsweeps/finalizers update",
          "isoflop.dev/trials/finalizers update",
          "coordination.k8s.io/leases update");

  private static Set<String> granted(String rendering) throws IOException {
    Set<String> granted = new TreeSet<>();
    for (String kind : new String[] {"Role", "ClusterRole"}) {
      for (JsonNode role : Chart.ofKind(rendering, kind)) {
        granted.addAll(Permissions.of(role));
      }
    }
    return granted;
  }

  @Test
  void grantsWhatTheOperatorUsesAndNothingElse() throws IOException {
    assumeTrue(
        Files.exists(RECORDED),
        "no calls were recorded: the operator's tests have not run here, or record none");
    Set<String> used = new TreeSet<>();
    for (JsonNode call : Chart.YAML.readTree(RECORDED.toFile())) {
      used.add(
          Permissions.line(
              call.get("group").asText(),
              call.get("resource").asText(),
              call.get("verb").asText()));
    }

    Set<String> granted = granted(Chart.template().call());
    granted.removeAll(ASKED_FOR);
    assertThat(granted)
        .as("the chart's Roles; run all tests of the operator to record its calls anew")
        .containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void isTheSameInOneNamespaceAndInAll() throws IOException {
    assertThat(granted(Chart.template().set("watch.allNamespaces", true).call()))
        .isEqualTo(granted(Chart.template().call()));
  }

  @Test
  void readsWorkloadsOfKueueOnlyWhereAskedTo() throws IOException {
    Set<String> more = granted(Chart.template().set("kueue.enabled", true).call());
    more.removeAll(granted(Chart.template().call()));
    assertThat(more).containsExactly("kueue.x-k8s.io/workloads list");
  }

  @Test
  void reachesNoSecretAndNamesEveryResourceAndVerb() throws IOException {
    for (boolean all : new boolean[] {true, false}) {
      assertThat(
              granted(
                  Chart.template()
                      .set("watch.allNamespaces", all)
                      .set("rbac.aggregate", true)
                      .call()))
          .isNotEmpty()
          .noneMatch(permission -> permission.contains("*"))
          .noneMatch(permission -> permission.contains("secrets"))
          .noneMatch(permission -> permission.contains("pods/"));
    }
  }

  @Test
  void givesEachWatchedNamespaceItsRoleAndTheClusterNone() throws IOException {
    String rendering =
        Chart.template()
            .set("watch.namespaces[0]", "vision")
            .set("watch.namespaces[1]", "audio")
            .call();

    assertThat(Chart.ofKind(rendering, "Role"))
        .extracting(
            role ->
                role.at("/metadata/namespace").asText() + " " + role.at("/metadata/name").asText())
        .containsExactlyInAnyOrder("research isoflop-leader", "vision isoflop", "audio isoflop");
    assertThat(Chart.ofKind(rendering, "RoleBinding"))
        .allSatisfy(
            binding ->
                assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo("research"))
        .hasSize(3);
    assertThat(Chart.ofKind(rendering, "ClusterRole")).isEmpty();
  }

  /** An account of workers in each watched namespace, that no role knows and without a token. */
  @Test
  void workersHaveAnAccountWithoutRights() throws IOException {
    String rendering =
        Chart.template()
            .set("watch.namespaces[0]", "vision")
            .set("watch.namespaces[1]", "audio")
            .call();

    assertThat(Chart.ofKind(rendering, "ServiceAccount"))
        .extracting(
            account ->
                account.at("/metadata/namespace").asText()
                    + " "
                    + account.at("/metadata/name").asText()
                    + " "
                    + account.get("automountServiceAccountToken").asBoolean(true))
        .containsExactlyInAnyOrder(
            "research isoflop false", "vision isoflop-worker false", "audio isoflop-worker false");
    assertThat(bound(rendering)).containsOnly("research isoflop");
    assertThat(environment(rendering, "ISOFLOP_WORKER_SERVICE_ACCOUNT"))
        .isEqualTo("isoflop-worker");
  }

  /** The chart cannot know the namespaces, and an account that is not there holds every pod up. */
  @Test
  void inAllNamespacesWorkersRunAsTheDefaultAccountUnlessOneIsNamed() throws IOException {
    String rendering = Chart.template().set("watch.allNamespaces", true).call();
    assertThat(Chart.ofKind(rendering, "ServiceAccount")).hasSize(1);
    assertThat(environment(rendering, "ISOFLOP_WORKER_SERVICE_ACCOUNT")).isEmpty();

    String named =
        Chart.template()
            .set("watch.allNamespaces", true)
            .set("worker.serviceAccount.name", "trainer")
            .call();
    assertThat(Chart.ofKind(named, "ServiceAccount")).hasSize(1);
    assertThat(environment(named, "ISOFLOP_WORKER_SERVICE_ACCOUNT")).isEqualTo("trainer");
  }

  private static Set<String> bound(String rendering) throws IOException {
    Set<String> bound = new TreeSet<>();
    for (String kind : new String[] {"RoleBinding", "ClusterRoleBinding"}) {
      for (JsonNode binding : Chart.ofKind(rendering, kind)) {
        for (JsonNode subject : binding.get("subjects")) {
          bound.add(subject.get("namespace").asText() + " " + subject.get("name").asText());
        }
      }
    }
    return bound;
  }

  private static String environment(String rendering, String variable) throws IOException {
    for (JsonNode entry :
        Chart.ofKind(rendering, "Deployment").get(0).at("/spec/template/spec/containers/0/env")) {
      if (entry.get("name").asText().equals(variable)) {
        return entry.get("value").asText();
      }
    }
    throw new AssertionError(variable + " is not set");
  }
}
