package dev.isoflop.operator.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.admission.PodPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the command tells the operator. */
class OperatorCommandTest {
  private final List<OperatorOptions> told = new ArrayList<>();

  private OperatorOptions run(String... arguments) {
    int status =
        new CommandLine(
                new OperatorCommand(
                    options -> {
                      told.add(options);
                      return 0;
                    }))
            .execute(arguments);
    assertThat(status).isZero();
    return told.get(0);
  }

  /** Two replicas of one name would both hold the lease. */
  @Test
  void aReplicaWithoutANameTakesOneOfItsOwn() {
    assertThat(run("--worker-image", "worker:1", "--instance", "").instance())
        .isEqualTo("isoflop-" + ProcessHandle.current().pid());
  }

  @Test
  void aReplicaKeepsItsName() {
    assertThat(run("--worker-image", "worker:1", "--instance", "isoflop-0").instance())
        .isEqualTo("isoflop-0");
  }

  @Test
  void whatAnInstallationAllowsIsHandedOn() {
    assertThat(
            run(
                    "--worker-image",
                    "worker:1",
                    "--worker-service-account",
                    "isoflop-worker",
                    "--allowed-service-accounts",
                    "reader, writer",
                    "--allowed-volume-types",
                    "nfs")
                .policy())
        .isEqualTo(
            new PodPolicy(
                Optional.of("isoflop-worker"), Set.of("reader", "writer"), Set.of("nfs")));
    told.clear();
    assertThat(run("--worker-image", "worker:1").policy()).isEqualTo(PodPolicy.STANDARD);
  }

  @Test
  void servicesOfTheClusterMayBeAskedAndOthersThatAreNamed() {
    assertThat(run("--worker-image", "worker:1").allowedPrometheus())
        .containsExactly("*.svc", "*.svc.cluster.local");
    told.clear();
    assertThat(
            run("--worker-image", "worker:1", "--allowed-prometheus", "*.svc, metrics.example,")
                .allowedPrometheus())
        .containsExactly("*.svc", "metrics.example");
    told.clear();
    assertThat(run("--worker-image", "worker:1", "--allowed-prometheus", "").allowedPrometheus())
        .isEmpty();
  }

  @Test
  void theQuotaOfANamespaceIsGenerousUnlessItIsSet() {
    assertThat(run("--worker-image", "worker:1").trialsPerNamespace()).isEqualTo(10_000);
    told.clear();
    assertThat(run("--worker-image", "worker:1", "--trials-per-namespace", "500"))
        .extracting(OperatorOptions::trialsPerNamespace)
        .isEqualTo(500);
  }
}
