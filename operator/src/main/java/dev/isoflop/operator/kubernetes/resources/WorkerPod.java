package dev.isoflop.operator.kubernetes.resources;

import dev.isoflop.api.v1alpha1.sweep.SchedulingSpec;
import dev.isoflop.operator.admission.PodTemplates;
import dev.isoflop.operator.runtime.WorkerEnvironment;
import dev.isoflop.trial.AcceleratorRequest;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pod of a worker, under the restricted Pod Security Standard. What the manifest's template
 * says stays wherever the operator sets nothing itself.
 */
public final class WorkerPod {
  public static final String CONTAINER = PodTemplates.CONTAINER;
  static final String METRICS_PORT_NAME = "metrics";
  public static final int METRICS_PORT = 9400;

  /** Path of the trial's folder in the container. */
  static final String FOLDER = "/trial";

  /** Path of the sweep's cache in the container: what its trials would each compute alike. */
  static final String CACHE = "/cache";

  static final String TERMINATION_MESSAGE = "/dev/termination-log";

  private static final String CONFIG_FOLDER = "/etc/isoflop";
  private static final String CONFIG_FILE = "config.json";
  private static final String CONFIG_VOLUME = "isoflop-config";
  private static final String TRIAL_VOLUME = "isoflop-trial";
  private static final String SCRATCH_VOLUME = "isoflop-scratch";
  private static final String SCRATCH = "/tmp";

  /** Variable that names the folder of downloads; the root file system cannot be written to. */
  private static final String DOWNLOADS_VARIABLE = "ISOFLOP_CACHE";

  /** Time for a last checkpoint, where the template says nothing. */
  private static final long GRACE_SECONDS = 120;

  private final WorkerSettings settings;
  private final SchedulingSpec scheduling;

  WorkerPod(WorkerSettings settings, SchedulingSpec scheduling) {
    this.settings = settings;
    this.scheduling = scheduling;
  }

  /**
   * Threads of the tensor library: the whole cores that the container may use, at least one; where
   * it has no limit, those that it asks for.
   */
  int threads() {
    ResourceRequirements resources =
        resources(base(PodTemplates.read(scheduling.podTemplate()).getSpec()).getResources());
    return Stream.of(resources.getLimits(), resources.getRequests())
        .flatMap(amounts -> Stream.ofNullable(amounts == null ? null : amounts.get("cpu")))
        .findFirst()
        .map(cpu -> Math.max(1, cpu.getNumericalAmount().intValue()))
        .orElse(1);
  }

  /** The accelerator that the container may use; null for none. */
  @Nullable AcceleratorRequest accelerator() {
    AcceleratorRequest named = Accelerators.in(named(), "scheduling.resources");
    ResourceRequirements under =
        base(PodTemplates.read(scheduling.podTemplate()).getSpec()).getResources();
    return named != null || under == null
        ? named
        : Accelerators.in(under.getLimits(), "scheduling.podTemplate, limits of the container");
  }

  /**
   * The template of the pod.
   *
   * @param labels of the pod, beside those of the manifest's template
   * @param config the worker's configuration as JSON
   * @param claim persistent volume claim that holds the trial's folder
   * @param path of the trial's folder in it
   * @param cachePath of the folder in it that the sweep's trials share
   * @param deadlineSeconds longest running time of the pod
   */
  PodTemplateSpec template(
      Map<String, String> labels,
      String config,
      String claim,
      String path,
      String cachePath,
      long deadlineSeconds) {
    PodTemplateSpec under = PodTemplates.read(scheduling.podTemplate());
    PodSpec spec = under.getSpec();
    spec.setContainers(List.of(container(spec)));
    spec.setVolumes(
        joined(
            spec.getVolumes(),
            Volume::getName,
            List.of(configVolume(), trialVolume(claim), scratchVolume())));
    spec.getContainers()
        .get(0)
        .setVolumeMounts(mounts(spec.getContainers().get(0), path, cachePath));
    spec.setInitContainers(
        before(
            FolderContainer.of(
                spec.getContainers().get(0),
                mount(TRIAL_VOLUME, FolderContainer.CLAIM),
                mount(SCRATCH_VOLUME, SCRATCH),
                path,
                cachePath),
            spec.getInitContainers()));
    spec.setRestartPolicy("Never");
    spec.setAutomountServiceAccountToken(false);
    spec.setEnableServiceLinks(false);
    spec.setActiveDeadlineSeconds(deadlineSeconds);
    spec.setServiceAccountName(account(spec.getServiceAccountName()));
    spec.setServiceAccount(null);
    RestrictedPod.restrict(under);
    if (spec.getTerminationGracePeriodSeconds() == null) {
      spec.setTerminationGracePeriodSeconds(GRACE_SECONDS);
    }
    return new PodTemplateSpecBuilder(under)
        .editMetadata()
        .addToLabels(labels)
        .addToAnnotations(Labels.CONFIG, config)
        .endMetadata()
        .build();
  }

  /** The account of the pod; null for the one named default of its namespace. */
  private @Nullable String account(@Nullable String named) {
    return named != null && settings.policy().allows(named)
        ? named
        : settings.policy().account().orElse(null);
  }

  private static Container base(PodSpec under) {
    return under.getContainers().stream()
        .filter(container -> CONTAINER.equals(container.getName()))
        .findFirst()
        .orElseGet(Container::new);
  }

  private Container container(PodSpec under) {
    Container base = base(under);
    List<EnvVar> environment = new ArrayList<>();
    WorkerEnvironment.of(threads())
        .forEach((name, value) -> environment.add(new EnvVar(name, value, null)));
    environment.add(new EnvVar(DOWNLOADS_VARIABLE, SCRATCH + "/isoflop", null));
    return new ContainerBuilder(RestrictedPod.askedItself(base))
        .withName(CONTAINER)
        .withImage(settings.image())
        .withImagePullPolicy(settings.pullPolicy())
        .withArgs(CONFIG_FOLDER + "/" + CONFIG_FILE)
        .withEnv(joined(environment, EnvVar::getName, base.getEnv()))
        .withResources(resources(base.getResources()))
        .withTerminationMessagePath(TERMINATION_MESSAGE)
        .withTerminationMessagePolicy("File")
        .withSecurityContext(RestrictedPod.ofWorker(base.getSecurityContext()))
        .withPorts()
        .addNewPort()
        .withName(METRICS_PORT_NAME)
        .withContainerPort(METRICS_PORT)
        .withProtocol("TCP")
        .endPort()
        .build();
  }

  /** Resources of the template, overridden by those of the manifest, as request and limit. */
  private ResourceRequirements resources(@Nullable ResourceRequirements under) {
    ResourceRequirements base = under == null ? new ResourceRequirements() : under;
    if (scheduling.resources() == null) {
      return base;
    }
    Map<String, Quantity> named = named();
    return new ResourceRequirementsBuilder(base).addToRequests(named).addToLimits(named).build();
  }

  private Map<String, Quantity> named() {
    Map<String, Quantity> named = new TreeMap<>();
    if (scheduling.resources() != null) {
      scheduling.resources().forEach((name, amount) -> named.put(name, Quantity.parse(amount)));
    }
    return named;
  }

  private static List<VolumeMount> mounts(Container container, String path, String cachePath) {
    return joined(
        container.getVolumeMounts(),
        VolumeMount::getMountPath,
        List.of(
            new VolumeMountBuilder()
                .withName(CONFIG_VOLUME)
                .withMountPath(CONFIG_FOLDER)
                .withReadOnly(true)
                .build(),
            new VolumeMountBuilder()
                .withName(TRIAL_VOLUME)
                .withMountPath(FOLDER)
                .withSubPath(path)
                .build(),
            new VolumeMountBuilder()
                .withName(TRIAL_VOLUME)
                .withMountPath(CACHE)
                .withSubPath(cachePath)
                .build(),
            mount(SCRATCH_VOLUME, SCRATCH)));
  }

  private static VolumeMount mount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
  }

  private static List<Container> before(Container first, @Nullable List<Container> others) {
    return joined(
        List.of(first),
        Container::getName,
        others == null
            ? List.of()
            : others.stream().filter(other -> !first.getName().equals(other.getName())).toList());
  }

  /** The claim that holds the trial's folder. */
  public static String claim(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> TRIAL_VOLUME.equals(volume.getName()))
        .filter(volume -> volume.getPersistentVolumeClaim() != null)
        .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
        .findFirst()
        .orElse("");
  }

  private static Volume configVolume() {
    return new VolumeBuilder()
        .withName(CONFIG_VOLUME)
        .withNewDownwardAPI()
        .addNewItem()
        .withPath(CONFIG_FILE)
        .withNewFieldRef()
        .withFieldPath("metadata.annotations['" + Labels.CONFIG + "']")
        .endFieldRef()
        .endItem()
        .endDownwardAPI()
        .build();
  }

  private static Volume trialVolume(String claim) {
    return new VolumeBuilder()
        .withName(TRIAL_VOLUME)
        .withNewPersistentVolumeClaim()
        .withClaimName(claim)
        .endPersistentVolumeClaim()
        .build();
  }

  private static Volume scratchVolume() {
    return new VolumeBuilder().withName(SCRATCH_VOLUME).withNewEmptyDir().endEmptyDir().build();
  }

  /** Both lists; where they share a key, the one of {@code over} stays. */
  private static <T> List<T> joined(
      @Nullable List<T> under, Function<T, String> key, @Nullable List<T> over) {
    List<T> winners = over == null ? List.of() : over;
    List<T> joined = new ArrayList<>();
    if (under != null) {
      under.stream()
          .filter(
              item ->
                  winners.stream()
                      .noneMatch(winner -> Objects.equals(key.apply(winner), key.apply(item))))
          .forEach(joined::add);
    }
    joined.addAll(winners);
    return joined;
  }
}
