package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong value is refused before anything is installed, by name. */
class ChartRefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replicas              | 0                | replicas
          replicas              | two              | replicas
          replica               | 1                | replica
          image.tag             | latest           | tag
          image.digest          | sha256:12        | digest
          image.repository      | Isoflop/Operator | repository
          image.pullPolicy      | Sometimes        | pullPolicy
          worker.image.digest   | 0123             | digest
          watch.namespaces[0]   | Not_A_Name       | namespaces
          log.level             | verbose          | level
          worker.allowedVolumeTypes[0] | hostpath | allowedVolumeTypes
          worker.allowedServiceAccounts[0] | "" | allowedServiceAccounts
          worker.serviceAccount.name | Trainer     | name
          podMonitor.interval   | often            | interval
          podMonitor.enabled    | yes              | enabled
          collection.allowedPrometheus[0] | http://prometheus | allowedPrometheus
          networkPolicy.operator.apiServerPorts[0] | 70000 | apiServerPorts
          """)
  void refusesByTheSchema(String value, String text, String named) {
    refused(Chart.template().set(value, text), named);
  }

  @Test
  void refusesToWatchAllAndSomeNamespaces() {
    refused(
        Chart.template().set("watch.allNamespaces", true).set("watch.namespaces[0]", "vision"),
        "watch.allNamespaces and watch.namespaces exclude each other; set one of them");
  }

  @Test
  void refusesAServiceAccountWithoutName() {
    refused(
        Chart.template().set("serviceAccount.create", false),
        "name the service account that the operator runs as");
  }

  @Test
  void refusesToRunWorkersAsTheOperator() {
    refused(
        Chart.template().set("worker.serviceAccount.name", "isoflop"),
        "worker.serviceAccount.name: is isoflop, the operator's own account");
    refused(
        Chart.template()
            .set("serviceAccount.name", "operator")
            .set("worker.allowedServiceAccounts[0]", "operator"),
        "worker.allowedServiceAccounts: names operator, the operator's own account");
  }

  @Test
  void refusesToWatchTheReleasesNamespaceBesideOthers() throws IOException {
    refused(
        Chart.template().set("watch.namespaces[0]", "research").set("watch.namespaces[1]", "audio"),
        "watch.namespaces: names research, the release's own namespace, beside others");
    String asked =
        Chart.template()
            .set("watch.namespaces[0]", "research")
            .set("watch.namespaces[1]", "audio")
            .set("watch.releaseNamespaceToo", true)
            .call();
    assertThat(Chart.ofKind(asked, "Role")).hasSize(3);
  }

  @Test
  void refusesToDisableAnAlertThatDoesNotExist() {
    refused(
        Chart.template()
            .set("prometheusRule.enabled", true)
            .set("prometheusRule.disabled[0]", "OperatorDown"),
        "prometheusRule.disabled: there is no alert OperatorDown; the alerts are"
            + " IsoflopWorkerStalled");
  }

  private static void refused(TemplateCommand template, String message) {
    assertThatThrownBy(template::call)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
  }
}
