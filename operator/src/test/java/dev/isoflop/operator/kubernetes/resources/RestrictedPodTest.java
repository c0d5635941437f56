package dev.isoflop.operator.kubernetes.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.admission.PodPolicy;
import dev.isoflop.operator.admission.TemplateCase;
import dev.isoflop.operator.kubernetes.RestrictedStandard;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.plan.Specs;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods meet the restricted standard whatever their template says, also past admission. */
public class RestrictedPodTest {
  private static final PodPolicy INSTALLED =
      new PodPolicy(Optional.of("isoflop-worker"), Set.of("reader"), Set.of());

  /** Types of volumes are admission's alone. */
  public static List<TemplateCase> attacks() throws IOException {
    return TemplateCase.forbidden().stream()
        .filter(attack -> !attack.refused().contains("gitRepo"))
        .toList();
  }

  /** The pod of a worker, without admission's look at the template. */
  public static PodTemplateSpec pod(Map<String, Object> template) {
    Specs specs = SmallSweeps.specs();
    specs.podTemplate = template;
    return new WorkerPod(
            new WorkerSettings("worker:test", "IfNotPresent", INSTALLED),
            specs.build().scheduling())
        .template(
            Labels.ofTrial("sweep", "sweep-1"), "{}", "isoflop", "sweeps/a", "sweeps/.cache", 60);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void meetsTheStandardWhateverItsTemplateAsksFor(TemplateCase attack) {
    PodTemplateSpec pod = pod(attack.template());

    assertThat(RestrictedStandard.violations(pod)).isEmpty();
    assertThat(pod.getSpec().getEphemeralContainers()).isEmpty();
    assertThat(pod.getSpec().getNodeName()).isNull();
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getMetadata().getFinalizers()).isEmpty();
    assertThat(pod.getMetadata().getLabels())
        .containsEntry(Labels.MANAGED_BY, Labels.OPERATOR)
        .containsEntry(Labels.TRIAL, "sweep-1");
    assertThat(pod.getMetadata().getAnnotations()).containsEntry(Labels.CONFIG, "{}");
  }

  @Test
  void theStandardIsCheckedByItsRules() {
    PodTemplateSpec bare = new PodTemplateSpec();
    bare.setSpec(pod(Map.of()).getSpec());
    assertThat(RestrictedStandard.violations(bare)).isEmpty();
    bare.getSpec().getContainers().get(0).setSecurityContext(null);
    bare.getSpec().getSecurityContext().setRunAsNonRoot(null);
    bare.getSpec().setHostNetwork(true);
    assertThat(RestrictedStandard.violations(bare))
        .containsExactly(
            "hostNetwork",
            "worker runAsNonRoot is nowhere set",
            "worker allowPrivilegeEscalation",
            "worker capabilities.drop",
            "isoflop-folders runAsNonRoot is nowhere set");
  }

  @Test
  void initContainersAndSidecarsKeepTheirUserAndLoseTheirRights() {
    PodTemplateSpec pod =
        pod(
            Map.of(
                "spec",
                Map.of(
                    "initContainers",
                    List.of(
                        Map.of("name", "fetch", "image", "curl:1"),
                        Map.of(
                            "name",
                            "cache",
                            "image",
                            "redis:7",
                            "restartPolicy",
                            "Always",
                            "ports",
                            List.of(Map.of("containerPort", 6379)),
                            "securityContext",
                            Map.of("runAsUser", 999, "readOnlyRootFilesystem", true))))));

    List<Container> before = pod.getSpec().getInitContainers();
    assertThat(before)
        .extracting(Container::getName)
        .containsExactly("isoflop-folders", "fetch", "cache");
    assertThat(before)
        .allSatisfy(
            container -> {
              assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
              assertThat(container.getSecurityContext().getCapabilities().getDrop())
                  .containsExactly("ALL");
            });
    assertThat(before)
        .extracting(container -> container.getSecurityContext().getReadOnlyRootFilesystem())
        .containsExactly(true, null, true);
    assertThat(before)
        .extracting(container -> container.getSecurityContext().getRunAsUser())
        .containsExactly(null, null, 999L);
    assertThat(before.get(2).getPorts())
        .singleElement()
        .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(6379));
  }

  /** Without a group of its own a user that the image does not know is in that of root. */
  @Test
  void noContainerIsInTheGroupOfRootUnlessItsTemplateSaysSo() {
    assertThat(pod(Map.of()).getSpec().getSecurityContext().getRunAsGroup()).isEqualTo(10001);
    assertThat(group(Map.of("runAsUser", 2000, "fsGroup", 3000))).isEqualTo(3000);
    assertThat(group(Map.of("runAsGroup", 0, "fsGroup", 3000))).isZero();
  }

  private static long group(Map<String, Object> context) {
    return pod(Map.of("spec", Map.of("securityContext", context)))
        .getSpec()
        .getSecurityContext()
        .getRunAsGroup();
  }

  @Test
  void workersRunAsTheAccountThatTheInstallationGivesThem() {
    assertThat(account(Map.of())).isEqualTo("isoflop-worker");
    assertThat(account(Map.of("serviceAccountName", "reader"))).isEqualTo("reader");
    for (String field : List.of("serviceAccountName", "serviceAccount")) {
      assertThat(account(Map.of(field, "isoflop"))).isEqualTo("isoflop-worker");
    }
    assertThat(
            pod(Map.of("spec", Map.of("serviceAccount", "isoflop"))).getSpec().getServiceAccount())
        .isNull();
  }

  private static String account(Map<String, Object> spec) {
    return pod(Map.of("spec", spec)).getSpec().getServiceAccountName();
  }
}
