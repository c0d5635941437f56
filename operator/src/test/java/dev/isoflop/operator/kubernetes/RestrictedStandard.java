package dev.isoflop.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The restricted Pod Security Standard of Kubernetes 1.34, its policies one by one: see
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/ and the package policy of
 * k8s.io/pod-security-admission.
 */
public final class RestrictedStandard {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "image",
          "persistentVolumeClaim",
          "projected",
          "secret");
  private static final Set<String> SE_LINUX_TYPES =
      Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");
  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

  private final List<String> violations = new ArrayList<>();
  private final JsonNode spec;

  private RestrictedStandard(JsonNode spec) {
    this.spec = spec;
  }

  /** What of a pod the standard forbids. */
  public static List<String> violations(PodTemplateSpec template) {
    JsonNode pod;
    try {
      pod = JSON.readTree(Serialization.asJson(template));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    RestrictedStandard standard = new RestrictedStandard(pod.path("spec"));
    standard.check();
    for (Map.Entry<String, JsonNode> annotation : pod.at("/metadata/annotations").properties()) {
      standard.forbid(
          annotation.getKey().startsWith(APP_ARMOR)
              && annotation.getValue().asText().equals("unconfined"),
          "annotation " + annotation.getKey());
    }
    return standard.violations;
  }

  private void forbid(boolean is, String what) {
    if (is) {
      violations.add(what);
    }
  }

  private void check() {
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      forbid(spec.path(host).asBoolean(), host);
    }
    JsonNode pod = spec.path("securityContext");
    shared("pod", pod);
    forbid(!pod.path("sysctls").isEmpty(), "sysctls");
    for (JsonNode volume : spec.path("volumes")) {
      volume
          .fieldNames()
          .forEachRemaining(
              type -> forbid(!type.equals("name") && !VOLUMES.contains(type), "volume " + type));
    }
    containers(container -> container(container, pod));
  }

  private void containers(Consumer<JsonNode> each) {
    for (String list : List.of("containers", "initContainers", "ephemeralContainers")) {
      spec.path(list).forEach(each);
    }
  }

  private void shared(String whose, JsonNode context) {
    forbid(context.at("/windowsOptions/hostProcess").asBoolean(), whose + " hostProcess");
    forbid(
        !Set.of("", "RuntimeDefault", "Localhost")
            .contains(context.at("/seccompProfile/type").asText()),
        whose + " seccompProfile");
    forbid(
        !Set.of("", "RuntimeDefault", "Localhost")
            .contains(context.at("/appArmorProfile/type").asText()),
        whose + " appArmorProfile");
    JsonNode options = context.path("seLinuxOptions");
    forbid(
        !SE_LINUX_TYPES.contains(options.path("type").asText())
            || options.has("user")
            || options.has("role"),
        whose + " seLinuxOptions");
    forbid(
        context.has("runAsNonRoot") && !context.get("runAsNonRoot").asBoolean(),
        whose + " runAsNonRoot");
    forbid(context.has("runAsUser") && context.get("runAsUser").asLong() == 0, whose + " user 0");
  }

  private void container(JsonNode container, JsonNode pod) {
    String name = container.path("name").asText();
    JsonNode context = container.path("securityContext");
    shared(name, context);
    forbid(
        !context.has("runAsNonRoot") && !pod.path("runAsNonRoot").asBoolean(),
        name + " runAsNonRoot is nowhere set");
    forbid(
        !context.has("seccompProfile") && !pod.has("seccompProfile"),
        name + " seccompProfile is nowhere set");
    forbid(context.path("privileged").asBoolean(), name + " privileged");
    forbid(
        context.path("allowPrivilegeEscalation").asBoolean(true),
        name + " allowPrivilegeEscalation");
    forbid(
        !context.at("/capabilities/drop").toString().contains("\"ALL\""),
        name + " capabilities.drop");
    forbid(!context.at("/capabilities/add").isEmpty(), name + " capabilities.add");
    forbid(
        !Set.of("", "Default").contains(context.path("procMount").asText()), name + " procMount");
    for (JsonNode port : container.path("ports")) {
      forbid(port.path("hostPort").asInt() != 0, name + " hostPort");
    }
    for (String handler :
        List.of(
            "/livenessProbe",
            "/readinessProbe",
            "/startupProbe",
            "/lifecycle/postStart",
            "/lifecycle/preStop")) {
      for (String way : List.of("/httpGet/host", "/tcpSocket/host")) {
        forbid(!container.at(handler + way).asText().isEmpty(), name + handler + way);
      }
    }
  }
}
