package dev.isoflop.operator.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.operator.plan.PlanError;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a template may not ask for is refused by its field, with the way out. */
class TemplateRulesTest {
  private static final String FIELD = "spec.scheduling.podTemplate.";
  private static final PodPolicy INSTALLED =
      new PodPolicy(Optional.of("isoflop-worker"), Set.of("reader"), Set.of("nfs", "hostPath"));

  static List<TemplateCase> forbidden() throws IOException {
    return TemplateCase.forbidden();
  }

  static List<TemplateCase> leftToInstallations() throws IOException {
    return TemplateCase.leftToInstallations();
  }

  private static List<String> messages(List<PlanError> refusals) {
    return refusals.stream().map(PlanError::message).toList();
  }

  @ParameterizedTest
  @MethodSource("forbidden")
  void isRefusedEverywhere(TemplateCase attack) {
    for (Optional<PodPolicy> policy :
        List.of(Optional.<PodPolicy>empty(), Optional.of(INSTALLED))) {
      List<PlanError> refusals = PodTemplates.problems(attack.template(), policy);
      assertThat(messages(refusals))
          .as("%s", policy)
          .anyMatch(message -> message.startsWith(FIELD + attack.refused()));
      assertThat(refusals).extracting(PlanError::reason).containsOnly("TemplateForbidden");
    }
    assertThat(PodTemplates.leftToInstallations(attack.template())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("leftToInstallations")
  void isRefusedWhereTheInstallationDoesNotAllowIt(TemplateCase attack) {
    assertThat(messages(PodTemplates.problems(attack.template(), Optional.of(PodPolicy.STANDARD))))
        .singleElement()
        .asString()
        .startsWith(FIELD + attack.refused());
    assertThat(PodTemplates.problems(attack.template(), Optional.empty())).isEmpty();
    assertThat(messages(PodTemplates.leftToInstallations(attack.template())))
        .singleElement()
        .asString()
        .startsWith(FIELD + attack.refused());
  }

  @Test
  void anInstallationSaysWhatItAllows() {
    Map<String, Object> allowed =
        Map.of(
            "spec",
            Map.of(
                "serviceAccountName",
                "reader",
                "volumes",
                List.of(
                    Map.of("name", "data", "nfs", Map.of("server", "store", "path", "/data")),
                    Map.of(
                        "name",
                        "token",
                        "projected",
                        Map.of(
                            "sources",
                            List.of(Map.of("serviceAccountToken", Map.of("path", "token"))))))));
    assertThat(PodTemplates.problems(allowed, Optional.of(INSTALLED))).isEmpty();
    assertThat(PodTemplates.problems(account("isoflop-worker"), Optional.of(INSTALLED))).isEmpty();
    assertThat(messages(PodTemplates.problems(account("default"), Optional.of(INSTALLED))))
        .containsExactly(
            FIELD
                + "spec.serviceAccountName: is 'default', whose rights the workers of this"
                + " installation do not get; leave it out and they run as 'isoflop-worker', or name"
                + " one of reader; worker.allowedServiceAccounts of the chart adds others");
  }

  private static Map<String, Object> account(String name) {
    return Map.of("spec", Map.of("serviceAccountName", name));
  }

  @Test
  void typesOfVolumesThatThereAreNotCannotBeAllowed() {
    assertThatThrownBy(() -> PodPolicy.of("", List.of(), List.of("nfs", "hostpath", "gitRepo")))
        .hasMessageStartingWith(
            "no type of volume that could be allowed is named gitRepo, hostpath; choose among"
                + " awsElasticBlockStore, ");
    assertThat(PodPolicy.of(" ", List.of(), List.of())).isEqualTo(PodPolicy.STANDARD);
  }

  @Test
  void fieldsOfTheStandardThatAskForNothingAreTaken() {
    Map<String, Object> template =
        Map.of(
            "spec",
            Map.of(
                "hostPID",
                false,
                "hostUsers",
                false,
                "os",
                Map.of("name", "linux"),
                "securityContext",
                Map.of(
                    "runAsNonRoot",
                    true,
                    "runAsUser",
                    2000,
                    "seccompProfile",
                    Map.of("type", "RuntimeDefault"),
                    "seLinuxOptions",
                    Map.of("level", "s0:c1,c2"),
                    "sysctls",
                    List.of()),
                "containers",
                List.of(
                    Map.of(
                        "name",
                        "worker",
                        "securityContext",
                        Map.of(
                            "privileged",
                            false,
                            "allowPrivilegeEscalation",
                            false,
                            "procMount",
                            "Default",
                            "capabilities",
                            Map.of("drop", List.of("ALL")))))));
    assertThat(PodTemplates.problems(template, Optional.of(PodPolicy.STANDARD))).isEmpty();
  }
}
