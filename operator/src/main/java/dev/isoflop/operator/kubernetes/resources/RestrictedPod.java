package dev.isoflop.operator.kubernetes.resources;

import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SELinuxOptionsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pod under the restricted Pod Security Standard of Kubernetes 1.34, whatever its template says:
 * admission refuses what is taken away here, and this holds where something passed it. The types of
 * volumes are admission's alone.
 */
final class RestrictedPod {
  private static final long WORKER_USER = 10001;
  private static final String UNCONFINED = "Unconfined";

  /** Annotations by which AppArmor profiles were named before there was a field. */
  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

  private RestrictedPod() {}

  /** Takes away what the standard forbids, of the pod and of its init containers and sidecars. */
  static void restrict(PodTemplateSpec template) {
    ObjectMeta metadata = template.getMetadata();
    metadata.setFinalizers(List.of());
    if (metadata.getAnnotations() != null) {
      Map<String, String> annotations = new TreeMap<>(metadata.getAnnotations());
      annotations
          .entrySet()
          .removeIf(
              profile ->
                  profile.getKey().startsWith(APP_ARMOR)
                      && UNCONFINED.equalsIgnoreCase(profile.getValue()));
      metadata.setAnnotations(annotations);
    }
    PodSpec spec = template.getSpec();
    spec.setOs(null);
    spec.setHostNetwork(null);
    spec.setHostPID(null);
    spec.setHostIPC(null);
    spec.setNodeName(null);
    spec.setEphemeralContainers(List.of());
    spec.setSecurityContext(ofPod(spec.getSecurityContext()));
    if (spec.getInitContainers() != null) {
      spec.setInitContainers(spec.getInitContainers().stream().map(RestrictedPod::beside).toList());
    }
  }

  /** The worker's own security context. */
  static SecurityContext ofWorker(@Nullable SecurityContext under) {
    return new SecurityContextBuilder(ofContainer(under)).withReadOnlyRootFilesystem(true).build();
  }

  private static Container beside(Container under) {
    return askedItself(
        new ContainerBuilder(under)
            .withSecurityContext(ofContainer(under.getSecurityContext()))
            .withPorts(under.getPorts().stream().map(RestrictedPod::ofPod).toList())
            .build());
  }

  private static ContainerPort ofPod(ContainerPort port) {
    return new ContainerPortBuilder(port).withHostPort(null).withHostIP(null).build();
  }

  /** The container, of which the kubelet asks nothing but itself. */
  static Container askedItself(Container container) {
    Stream.of(
            container.getStartupProbe(),
            container.getLivenessProbe(),
            container.getReadinessProbe())
        .flatMap(Stream::ofNullable)
        .forEach(RestrictedPod::askItself);
    Optional.ofNullable(container.getLifecycle())
        .ifPresent(
            lifecycle -> {
              askItself(lifecycle.getPostStart());
              askItself(lifecycle.getPreStop());
            });
    return container;
  }

  private static void askItself(Probe probe) {
    askItself(probe.getHttpGet(), probe.getTcpSocket());
  }

  private static void askItself(@Nullable LifecycleHandler handler) {
    if (handler != null) {
      askItself(handler.getHttpGet(), handler.getTcpSocket());
    }
  }

  private static void askItself(@Nullable HTTPGetAction http, @Nullable TCPSocketAction tcp) {
    if (http != null) {
      http.setHost(null);
    }
    if (tcp != null) {
      tcp.setHost(null);
    }
  }

  private static PodSecurityContext ofPod(@Nullable PodSecurityContext under) {
    PodSecurityContext base = under == null ? new PodSecurityContext() : under;
    Long user = notRoot(base.getRunAsUser());
    long group = base.getFsGroup() == null ? WORKER_USER : base.getFsGroup();
    return new PodSecurityContextBuilder(base)
        .withRunAsNonRoot(true)
        .withRunAsUser(user == null ? WORKER_USER : user)
        .withRunAsGroup(base.getRunAsGroup() == null ? group : base.getRunAsGroup())
        .withFsGroup(group)
        .withFsGroupChangePolicy("OnRootMismatch")
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .withAppArmorProfile(confined(base.getAppArmorProfile()))
        .withSeLinuxOptions(level(base.getSeLinuxOptions()))
        .withSysctls(List.of())
        .withWindowsOptions(null)
        .build();
  }

  /** Whatever a container says weighs more than what its pod says, so it says nothing. */
  private static SecurityContext ofContainer(@Nullable SecurityContext under) {
    SecurityContext base = under == null ? new SecurityContext() : under;
    return new SecurityContextBuilder(base)
        .withAllowPrivilegeEscalation(false)
        .withPrivileged(null)
        .withProcMount(null)
        .withRunAsNonRoot(null)
        .withRunAsUser(notRoot(base.getRunAsUser()))
        .withSeccompProfile(null)
        .withAppArmorProfile(confined(base.getAppArmorProfile()))
        .withSeLinuxOptions(level(base.getSeLinuxOptions()))
        .withWindowsOptions(null)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  private static @Nullable Long notRoot(@Nullable Long user) {
    return user == null || user == 0 ? null : user;
  }

  private static @Nullable AppArmorProfile confined(@Nullable AppArmorProfile profile) {
    return profile == null || UNCONFINED.equals(profile.getType()) ? null : profile;
  }

  private static @Nullable SELinuxOptions level(@Nullable SELinuxOptions options) {
    return options == null || options.getLevel() == null
        ? null
        : new SELinuxOptionsBuilder().withLevel(options.getLevel()).build();
  }
}
