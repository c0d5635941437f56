package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTest {
  private static final Path GENERATED = Path.of("../crds/src/main/resources/META-INF/fabric8");
  private static final List<String> CRDS =
      List.of("scalingsweeps.isoflop.dev-v1.yml", "trials.isoflop.dev-v1.yml");

  @Test
  void passesStrictLint() {
    LintResult lint = Chart.helm().lint().strict().call();

    assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
  }

  @Test
  void packages(@TempDir Path folder) throws IOException {
    Chart.helm().packageIt().withDestination(folder).call();

    assertThat(folder.resolve("isoflop-" + BuiltImages.version() + ".tgz")).isNotEmptyFile();
  }

  /**
   * After a change of the API types copy the CRDs with {@code mvn -pl helm -am test
   * -Dtest='Chart*Test' -Disoflop.golden=write -Dsurefire.failIfNoSpecifiedTests=false}.
   */
  @Test
  void holdsTheGeneratedCrds() throws IOException {
    for (String name : CRDS) {
      Path copy = Chart.FOLDER.resolve("files/crds").resolve(name);
      Path generated = GENERATED.resolve(name);
      if ("write".equals(System.getProperty("isoflop.golden"))) {
        Files.writeString(copy, Files.readString(generated));
      }
      assertThat(copy).hasSameTextualContentAs(generated);
    }
  }

  @Test
  void rendersTheCrdsUnchangedButKept() throws IOException {
    List<JsonNode> crds = Chart.ofKind(Chart.template().call(), "CustomResourceDefinition");

    assertThat(crds).hasSize(2);
    for (JsonNode crd : crds) {
      String name = crd.at("/metadata/name").asText();
      JsonNode generated =
          Chart.YAML.readTree(Files.readString(GENERATED.resolve(name + "-v1.yml")));
      assertThat(crd.get("spec").equals(generated.get("spec"))).as("spec of %s", name).isTrue();
      assertThat(crd.at("/metadata/annotations/helm.sh~1resource-policy").asText())
          .isEqualTo("keep");
    }
  }

  @Test
  void leavesTheCrdsOutWhenTold() throws IOException {
    String rendering = Chart.template().set("crds.install", false).call();

    assertThat(Chart.ofKind(rendering, "CustomResourceDefinition")).isEmpty();
  }

  @Test
  void namesImagesByDigestBeforeTag() throws IOException {
    String digest = "sha256:" + "0123456789abcdef".repeat(4);
    String rendering =
        Chart.template()
            .set("image.repository", "example/operator")
            .set("image.tag", "1.2.3")
            .set("worker.image.digest", digest)
            .call();

    JsonNode container =
        Chart.ofKind(rendering, "Deployment").get(0).at("/spec/template/spec/containers/0");
    assertThat(container.get("image").asText()).isEqualTo("example/operator:1.2.3");
    assertThat(container.get("env"))
        .anySatisfy(
            variable -> {
              assertThat(variable.get("name").asText()).isEqualTo("ISOFLOP_WORKER_IMAGE");
              assertThat(variable.get("value").asText()).isEqualTo("isoflop-worker@" + digest);
            });
  }

  @Test
  void oneReplicaNeedsNoDisruptionBudget() throws IOException {
    assertThat(Chart.ofKind(Chart.template().call(), "PodDisruptionBudget")).hasSize(1);
    assertThat(Chart.ofKind(Chart.template().set("replicas", 1).call(), "PodDisruptionBudget"))
        .isEmpty();
  }

  @Test
  void aDisabledAlertIsLeftOutAndLabelsAreAdded() throws IOException {
    String rendering =
        Chart.template()
            .set("prometheusRule.enabled", true)
            .set("prometheusRule.disabled[0]", "IsoflopCheckpointOld")
            .set("prometheusRule.alertLabels.team", "vision")
            .set("prometheusRule.labels.release", "monitoring")
            .call();

    JsonNode rule = Chart.ofKind(rendering, "PrometheusRule").get(0);
    assertThat(rule.at("/metadata/labels/release").asText()).isEqualTo("monitoring");
    assertThat(rule.at("/spec/groups/0/rules"))
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              assertThat(alert.get("alert").asText()).isNotEqualTo("IsoflopCheckpointOld");
              assertThat(alert.at("/labels/team").asText()).isEqualTo("vision");
              assertThat(alert.at("/labels/severity").asText()).isNotEmpty();
            });
  }

  @Test
  void theAlertsReachPrometheusAsTheyWereChecked() throws IOException {
    JsonNode checked =
        Chart.YAML.readTree(Chart.FOLDER.resolve("files/alerts.yaml").toFile()).get("groups");
    String rendering = Chart.template().set("prometheusRule.enabled", true).call();

    assertThat(Chart.ofKind(rendering, "PrometheusRule").get(0).at("/spec/groups"))
        .isEqualTo(checked);
  }

  @Test
  void theDashboardsReachGrafanaUnchanged() throws IOException {
    List<JsonNode> maps =
        Chart.ofKind(Chart.template().set("dashboards.enabled", true).call(), "ConfigMap");

    assertThat(maps).hasSize(3);
    for (JsonNode map : maps) {
      String file = map.get("data").fieldNames().next();
      assertThat(Chart.YAML.readTree(map.get("data").get(file).asText()))
          .isEqualTo(
              Chart.YAML.readTree(Chart.FOLDER.resolve("dashboards").resolve(file).toFile()));
      assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
    }
  }
}
