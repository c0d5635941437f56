package dev.isoflop.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.cli.Program.Ended;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake is answered by one line that names the field, its value and the way out. */
class BadManifestTest {
  private final Program program = Program.withoutSweeps();
  private final Path folder;

  BadManifestTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Arguments mistake(String text, String replacement, String... parts) {
    return Arguments.of(Manifests.with(text, replacement), List.of(parts));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "batchSize: 4", "batchsize: 4", "spec.training.batchsize: unknown field", "batchSize?"),
        mistake(
            "1e10, 3e10",
            "\"1e17 FLOPs\"",
            "spec.budgets[0]: '1e17 FLOPs' is text",
            "without a unit"),
        mistake("  budgets:", "  budgts:", "spec.budgts: unknown field", "did you mean budgets?"),
        mistake(
            "batchSize: 4",
            "batchSize: 1k",
            "spec.training.batchSize: '1k' is text",
            "whole number"),
        mistake(
            "batchSize: 4",
            "batchSize: 4, checkpointInterval: 10m",
            "spec.training.checkpointInterval: '10m'",
            "such as PT10M"),
        mistake(
            "1e11]",
            "1e20]",
            "spec.grid: no allowed shape has",
            "for budget 1e20",
            "nearest: ",
            "set grid.layers to min 1 and max "),
        mistake(
            "[1e10, 3e10, 1e11]\n  grid: {trialsPerBudget: 4, layers: {min: 1, max: 8}, span: 8",
            "[1e10]\n  grid: {trialsPerBudget: 4, layers: {min: 1, max: 8}, span: 3",
            "spec.grid: only 2 allowed shapes",
            "a parabola needs 3 sizes",
            "widen grid.span from 3 to "),
        Arguments.of(
            Manifests.with("batchSize: 4", "batchSize: 65536").replace(", 3e10, 1e11", ""),
            List.of(
                "spec.budgets[0]: 1e10 is less than one step of ",
                "at batch size 65536",
                "raise it to at least ",
                "or lower training.batchSize to ")),
        mistake("budgets: [", "budgets: [[", "line ", "not valid YAML: ", "fix it there"),
        mistake(
            "apiVersion: isoflop.dev/v1alpha1",
            "a: 1\n---\nb: 2\n---\nc: 3",
            "holds 3 YAML documents",
            "give one document of kind ScalingSweep"),
        mistake(
            "kind: ScalingSweep", "kind: Trial", "kind: is 'Trial'", "write kind: ScalingSweep"),
        mistake(
            "isoflop.dev/v1alpha1",
            "isoflop.dev/v2",
            "apiVersion: is 'isoflop.dev/v2'",
            "write apiVersion: isoflop.dev/v1alpha1"),
        mistake(
            "{name: small}",
            "{name: My_Sweep}",
            "metadata.name: 'My_Sweep' is not a valid name",
            "lower-case letters"),
        mistake("{name: small}", "{}", "metadata.name: is missing", "lower-case letters"),
        mistake(
            "1e10, 3e10, 1e11",
            "1e10, 1e10, 1e11",
            "spec.budgets: 1e10 stands twice",
            "grid.repeats"),
        mistake(
            "  laws:",
            "  scheduling: {podTemplate: {spec: {nodeSelectr: {a: b}}}}\n  laws:",
            "spec.scheduling.podTemplate.spec.nodeSelectr: unknown field",
            "did you mean nodeSelector?"),
        mistake(
            "  laws:",
            "  scheduling: {podTemplate: {spec: {hostNetwork: true}}}\n  laws:",
            "spec.scheduling.podTemplate.spec.hostNetwork: is true",
            "leave it out"),
        mistake(
            "  laws:",
            "  scheduling: {resources: {cpu: abc}}\n  laws:",
            "spec.scheduling.resources.cpu: 'abc'",
            "such as 8, 500m or 32Gi"),
        mistake(
            "  laws:",
            "  scheduling: {resources: {nvidia.com/gpu: 500m}}\n  laws:",
            "spec.scheduling.resources.nvidia.com/gpu: '500m' is not a whole number",
            "give 1 or more"),
        mistake(
            "  laws:",
            "  scheduling: {window: {cron: 0 0 20 * * *, duration: PT1H}}\n  laws:",
            "spec.scheduling.window.cron: '0 0 20 * * *'",
            "write it like '0 0 20 * * ?'"),
        mistake(
            "  laws:",
            "  scheduling: {window: {cron: 30 20 * * 1-5, duration: PT1H}}\n  laws:",
            "spec.scheduling.window.cron: '30 20 * * 1-5'",
            "five fields as in a crontab: write '0 30 20 ? * MON-FRI' (second minute hour"),
        mistake(
            "  laws:",
            "  scheduling: {window: {cron: 0 20 * * *, duration: PT1H}}\n  laws:",
            "spec.scheduling.window.cron: '0 20 * * *'",
            "five fields as in a crontab: write '0 0 20 * * ?' (second minute hour"),
        mistake(
            "  laws:",
            "  scheduling: {window: {cron: '0 0 20 * * ?', duration: PT0S}}\n  laws:",
            "spec.scheduling.window.duration: is PT0S",
            "such as PT10M"),
        mistake(
            "  laws:",
            "  window: {cron: '0 0 20 * * ?', duration: PT1H}\n  laws:",
            "spec.window: unknown field",
            "it belongs to spec.scheduling.window"),
        mistake(
            "budgets: [",
            "learningRate: 1e-4\n  budgets: [",
            "spec.learningRate: unknown field",
            "it belongs to spec.training.optimizer.learningRate"),
        mistake(
            "batchSize: 4",
            "batchSize: 4, extraSizes: 2",
            "spec.training.extraSizes: unknown field",
            "it belongs to spec.scheduling.extraSizes"),
        mistake(
            "  laws:",
            "  collection: {prometheusUrl: 'http:///path'}\n  laws:",
            "spec.collection.prometheusUrl: ",
            "http://prometheus.monitoring:9090"),
        mistake("[ValidationLoss]", "[]", "spec.evaluation.metrics: ", "ValidationLoss"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void eachIsToldInOneLineByPlanAndRunAlike(String text, List<String> parts) {
    String manifest = Manifests.write(folder, text);

    Ended planned = program.run("plan", manifest);
    Ended run = program.run("run", manifest, "--dir", folder.resolve("runs").toString());

    assertThat(planned.status()).isEqualTo(2);
    assertThat(planned.out()).isEmpty();
    assertThat(planned.err()).hasLineCount(1);
    assertThat(planned.errors())
        .singleElement()
        .asString()
        .startsWith(manifest + ": ")
        .contains(parts)
        .contains("; ")
        .doesNotContain("Exception");
    assertThat(run).isEqualTo(planned);
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void severalMistakesAreToldAtOnce() {
    String manifest =
        Manifests.write(
            folder,
            Manifests.with("span: 8", "span: wide").replace("batchSize: 4", "batchSize: 1k"));

    Ended ended = program.run("plan", manifest);

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors()).hasSize(2);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path absent = folder.resolve("absent.yaml");

    Ended ended = program.run("plan", absent.toString());

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.errors())
        .singleElement()
        .asString()
        .isEqualTo(absent + ": not found; check the path");
    assertThat(program.run("plan", "absent.yaml").errors())
        .singleElement()
        .asString()
        .isEqualTo(
            "absent.yaml: not found from %s; check the path"
                .formatted(Path.of("").toAbsolutePath()));
  }

  @Test
  void aFolderInPlaceOfAFileIsNamed() {
    Ended ended = program.run("plan", folder.toString());

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err().lines())
        .containsExactly("error: " + folder + ": is a folder; give the path of a manifest in it");
  }
}
