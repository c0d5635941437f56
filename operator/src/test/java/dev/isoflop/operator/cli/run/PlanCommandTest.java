package dev.isoflop.operator.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.operator.cli.Manifests;
import dev.isoflop.operator.cli.Program;
import dev.isoflop.operator.cli.Program.Ended;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
  private final Program program = Program.withoutSweeps();
  private final Path folder;
  private final String manifest;

  PlanCommandTest(@TempDir Path folder) {
    this.folder = folder;
    manifest = Manifests.write(folder, Manifests.SMALL);
  }

  @Test
  void theTableShowsEveryModelOnceAndWhatAllCost() {
    Ended ended = program.run("plan", manifest);

    assertThat(ended.status()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("small: 12 trials, 3 budgets from 1e10 to 1e11 FLOPs");
    assertThat(ended.out()).contains("BUDGET", "EXPECTED N*", "Training: ", "4 trials at once");
    assertThat(ended.out()).doesNotContain("\u001b");
    assertThat(ended.out().lines().filter(line -> line.matches(".* {2}\\d[\\d.]*e\\d+")))
        .hasSize(12);
  }

  @Test
  void whatOnlyAnInstallationCanAllowIsNoted() {
    String host =
        Manifests.write(
            folder,
            Manifests.with(
                "  laws:",
                "  scheduling: {podTemplate: {spec: {volumes: [{name: data, hostPath: {path:"
                    + " /data}}]}}}\n  laws:"));

    Ended ended = program.run("plan", host);

    assertThat(ended.status()).isZero();
    assertThat(ended.err().replaceAll("\\s+", " "))
        .startsWith(
            "note: an operator refuses this unless it was set up to allow it:"
                + " spec.scheduling.podTemplate.spec.volumes[0].hostPath: is not a type of volume");
  }

  @Test
  void onATerminalTheSameTextIsPainted() {
    String plain = program.run("plan", manifest).out();
    String painted = program.onTerminal().run("plan", manifest).out();

    assertThat(painted).contains("\u001b[1msmall:\u001b[0m");
    assertThat(painted.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
  }

  @Test
  void jsonAndYamlSayTheSameAndAddUp() {
    Ended json = program.run("plan", manifest, "--output", "json");
    Ended yaml = program.run("plan", manifest, "--output", "YAML");

    assertThat(json.status()).isZero();
    assertThat(yaml.status()).isZero();
    JsonNode sheet = json.json();
    assertThat(yaml.yaml().at("/totals/trials")).isEqualTo(sheet.at("/totals/trials"));
    assertThat(sheet.path("sweep").asText()).isEqualTo("small");
    assertThat(sheet.path("convention").asText()).isEqualTo("Analytic");
    assertThat(sheet.at("/totals/trials").asInt()).isEqualTo(12);
    double flops = 0;
    for (JsonNode budget : sheet.path("budgets")) {
      for (JsonNode size : budget.path("sizes")) {
        assertThat(size.path("flops").asDouble())
            .isLessThanOrEqualTo(1.005 * budget.path("flops").asDouble());
        flops += size.path("flops").asDouble() * size.path("repeats").asInt();
      }
    }
    assertThat(flops).isEqualTo(sheet.at("/totals/flops").asDouble());
  }

  @Test
  void trialsAtOnceAreNoMoreThanTheManifestAllows() {
    String limited =
        Manifests.write(
            folder, Manifests.with("  laws:", "  scheduling: {maxParallel: 2}\n  laws:"));

    Ended ended = program.run("plan", limited, "--parallel", "8", "--output", "json");

    assertThat(ended.json().at("/slots/parallel").asInt()).isEqualTo(2);
  }

  @Test
  void repeatsAreCounted() {
    String repeated =
        Manifests.write(
            folder, Manifests.with("trialsPerBudget: 4", "trialsPerBudget: 4, repeats: 3"));

    assertThat(program.run("plan", repeated).out()).startsWith("small: 36 trials").contains("x 3");
  }

  @Test
  void oneBudgetIsSpokenOfAsOne(@TempDir Path folder) {
    String manifest = Manifests.write(folder, Manifests.with("[1e10, 3e10, 1e11]", "[1e10]"));

    assertThat(Program.command("plan", manifest).out())
        .contains("spec.budgets: 1 budget gives a curve but no laws;");
  }

  @Test
  void aClosedLaunchWindowIsTold(@TempDir Path folder) {
    int year = LocalDate.now(ZoneOffset.UTC).getYear() + 2;
    String manifest =
        Manifests.write(
            folder,
            Manifests.with(
                "  laws:",
                "  scheduling: {window: {cron: '0 0 20 1 6 ? %d', duration: PT1H}}\n  laws:"
                    .formatted(year)));
    Ended closed = Program.command("plan", manifest, "--output", "json");

    assertThat(closed.status()).isZero();
    assertThat(closed.err())
        .contains("note: no trial starts now: the launch window opens at %d-06-01".formatted(year));
    assertThat(closed.json().at("/sweep").textValue()).isEqualTo("small");
  }
}
