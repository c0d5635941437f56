package dev.isoflop.operator.kubernetes.resources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.TrialStatusBuilder;
import dev.isoflop.api.v1alpha1.sweep.SchedulingSpec;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.trial.AcceleratorRequest;
import dev.isoflop.trial.AcceleratorType;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialJson;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Trials and Jobs as YAML, against files that people have read. */
class JobResourcesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final WorkerSettings SETTINGS =
      new WorkerSettings("registry.example/isoflop-worker:0.1.0", "IfNotPresent");

  private static final PlannedTrial PLANNED = SmallSweeps.specs().plan("sweep").trials().get(0);

  private static ScalingSweep sweep(SchedulingSpec scheduling) {
    ScalingSweep sweep = SmallSweeps.of("sweep", SmallSweeps.specs());
    sweep.getMetadata().setUid("5a0e0000-0000-0000-0000-000000000001");
    sweep.setSpec(SmallSweeps.withScheduling(sweep.getSpec(), scheduling));
    return sweep;
  }

  private static SchedulingSpec plain() {
    return SmallSweeps.specs().build().scheduling();
  }

  private static SchedulingSpec full() {
    return new SchedulingSpec(
        16,
        Map.of(
            "cpu", "8",
            "memory", "32Gi",
            "nvidia.com/gpu", "1"),
        null,
        "research",
        null,
        "PT24H",
        plain().failures(),
        plain().extraSizes(),
        Map.of(
            "metadata",
            Map.of("labels", Map.of("team", "vision")),
            "spec",
            Map.of(
                "nodeSelector",
                Map.of("accelerator", "h100"),
                "priorityClassName",
                "research",
                "imagePullSecrets",
                List.of(Map.of("name", "registry")),
                "tolerations",
                List.of(Map.of("key", "nvidia.com/gpu", "operator", "Exists")),
                "securityContext",
                Map.of("runAsUser", 2000, "fsGroup", 3000),
                "volumes",
                List.of(
                    Map.of("name", "data", "persistentVolumeClaim", Map.of("claimName", "laion"))),
                "containers",
                List.of(
                    Map.of(
                        "name",
                        "worker",
                        "image",
                        "somebody/else",
                        "env",
                        List.of(Map.of("name", "JAVA_TOOL_OPTIONS", "value", "-Xmx4g")),
                        "volumeMounts",
                        List.of(Map.of("name", "data", "mountPath", "/data")))))));
  }

  private static Trial trial(ScalingSweep sweep) {
    Trial trial = TrialResources.of(sweep, PLANNED);
    trial.getMetadata().setUid("7e1a0000-0000-0000-0000-000000000002");
    return trial;
  }

  private static Job job(SchedulingSpec scheduling, double secondsUsed) {
    ScalingSweep sweep = sweep(scheduling);
    TrialStatus status =
        TrialStatusBuilder.builder().attempt(2).runningSeconds(secondsUsed).build();
    return new JobResources(SETTINGS, sweep)
        .of(trial(sweep), status, "0123456789abcdef0123456789abcdef");
  }

  @Test
  void aTrial() throws IOException {
    check("trial.yaml", trial(sweep(plain())));
  }

  @Test
  void aJobOfASweepThatSaysNothing() throws IOException {
    check("job.yaml", job(plain(), 0));
  }

  @Test
  void aJobInAQueueOverATemplate() throws IOException {
    check("job-over-template.yaml", job(full(), 3600));
  }

  @Test
  void theWorkersConfigurationIsWholeAndKeepsItsKey() throws IOException {
    Job job = job(full(), 0);
    TrialConfig config =
        TrialJson.MAPPER.readValue(
            job.getSpec().getTemplate().getMetadata().getAnnotations().get(Labels.CONFIG),
            TrialConfig.class);
    assertThat(config.key()).isEqualTo(PLANNED.key());
    assertThat(config.experiment()).isEqualTo(PLANNED.experiment());
    assertThat(config.runtime().threads()).isEqualTo(8);
    assertThat(config.namespace()).isEqualTo("default");
  }

  private static @Nullable AcceleratorRequest accelerator(SchedulingSpec scheduling)
      throws IOException {
    return TrialJson.MAPPER
        .readValue(
            job(scheduling, 0)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get(Labels.CONFIG),
            TrialConfig.class)
        .runtime()
        .accelerator();
  }

  @Test
  void theWorkerIsToldWhichAcceleratorWasSetAsideForIt() throws IOException {
    SchedulingSpec inTemplate =
        new SchedulingSpec(
            16,
            null,
            null,
            null,
            null,
            "PT24H",
            plain().failures(),
            plain().extraSizes(),
            Map.of(
                "spec",
                Map.of(
                    "containers",
                    List.of(
                        Map.of(
                            "name",
                            "worker",
                            "resources",
                            Map.of("limits", Map.of("nvidia.com/mig-1g.10gb", "1")))))));

    assertThat(accelerator(plain())).isNull();
    assertThat(accelerator(full()))
        .isEqualTo(
            new AcceleratorRequest(
                AcceleratorType.NvidiaGpu, 1, "scheduling.resources: nvidia.com/gpu: 1", null));
    assertThat(accelerator(inTemplate))
        .isEqualTo(
            new AcceleratorRequest(
                AcceleratorType.NvidiaGpu,
                1,
                "scheduling.podTemplate, limits of the container: nvidia.com/mig-1g.10gb: 1",
                null));
  }

  @Test
  void namesOfTheLongestSweepsStillFitALabelWithTheirAttempt() {
    String longest = "s".repeat(253);
    String trial = SmallSweeps.specs().plan(longest).trials().get(0).name();
    assertThat(JobResources.name(trial, 99_999)).hasSizeLessThanOrEqualTo(63);
    assertThat(Labels.value(longest)).hasSizeLessThanOrEqualTo(63).isNotEqualTo(longest);
    assertThat(Labels.value("short")).isEqualTo("short");
  }

  @Test
  void whatTheTemplateAsksForStaysWhereTheManifestNamesNothing() {
    SchedulingSpec over = full();
    Map<String, Object> template =
        Map.of(
            "spec",
            Map.of(
                "containers",
                List.of(
                    Map.of(
                        "name",
                        "worker",
                        "resources",
                        Map.of(
                            "requests",
                            Map.of("cpu", "2500m", "memory", "1Gi"),
                            "claims",
                            List.of(Map.of("name", "gpu")))))));
    SchedulingSpec scheduling =
        new SchedulingSpec(
            16,
            Map.of("memory", "8Gi"),
            null,
            null,
            null,
            "PT24H",
            over.failures(),
            over.extraSizes(),
            template);

    var container = job(scheduling, 0).getSpec().getTemplate().getSpec().getContainers().get(0);

    assertThat(container.getResources().getRequests())
        .isEqualTo(Map.of("cpu", new Quantity("2500m"), "memory", new Quantity("8Gi")));
    assertThat(container.getResources().getLimits())
        .isEqualTo(Map.of("memory", new Quantity("8Gi")));
    assertThat(container.getResources().getClaims()).hasSize(1);
    assertThat(container.getEnv())
        .contains(new EnvVarBuilder().withName("OMP_NUM_THREADS").withValue("2").build());
  }

  private static void check(String file, HasMetadata resource) throws IOException {
    Path golden = GOLDEN.resolve(file);
    String yaml = Serialization.asYaml(resource);
    if ("write".equals(System.getProperty("isoflop.golden"))) {
      Files.createDirectories(GOLDEN);
      Files.write(golden, yaml.getBytes(UTF_8));
    }
    assertThat(YAML.readTree(yaml)).isEqualTo(YAML.readTree(Files.readString(golden)));
  }
}
