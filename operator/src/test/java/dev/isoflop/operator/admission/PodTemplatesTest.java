package dev.isoflop.operator.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.operator.plan.PlanError;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodTemplatesTest {
  private static final ObjectMapper YAML = new YAMLMapper();

  /** A field of nearly every kind that a template may have. */
  private static final String FULL =
      """
      metadata:
        labels: {team: vision}
        annotations: {example.com/owner: vision}
      spec:
        nodeSelector: {accelerator: h100}
        priorityClassName: research
        runtimeClassName: nvidia
        schedulerName: default-scheduler
        terminationGracePeriodSeconds: 300
        hostAliases: [{ip: 10.0.0.1, hostnames: [store]}]
        imagePullSecrets: [{name: registry}]
        tolerations: [{key: nvidia.com/gpu, operator: Exists, effect: NoSchedule, tolerationSeconds: 60}]
        topologySpreadConstraints:
          - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {a: b}}}
        affinity:
          nodeAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [a, b]}]}]
        securityContext: {runAsUser: 2000, fsGroup: 3000, supplementalGroups: [4000]}
        resourceClaims: [{name: gpu, resourceClaimTemplateName: one-gpu}]
        volumes:
          - {name: data, persistentVolumeClaim: {claimName: laion, readOnly: true}}
          - {name: host, hostPath: {path: /data, type: Directory}}
          - {name: scratch, emptyDir: {medium: Memory, sizeLimit: 8Gi}}
          - {name: share, nfs: {server: store, path: /data}}
          - {name: driver, csi: {driver: example.com, volumeAttributes: {bucket: images}}}
          - {name: settings, configMap: {name: settings, items: [{key: a, path: b}], defaultMode: 420}}
          - name: both
            projected: {sources: [{secret: {name: token}}, {downwardAPI: {items: [{path: cpu, resourceFieldRef: {resource: limits.cpu, divisor: 1}}]}}]}
          - name: claim
            ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}}}
        initContainers:
          - {name: fetch, image: "curl:1", command: [sh, -c, "true"], restartPolicy: Always, resources: {limits: {cpu: 1, memory: 64Mi}}}
        containers:
          - name: worker
            env: [{name: A, value: "1"}, {name: B, valueFrom: {secretKeyRef: {name: keys, key: b, optional: true}}}]
            envFrom: [{configMapRef: {name: settings}}]
            volumeMounts: [{name: data, mountPath: /data, readOnly: true}]
            lifecycle: {preStop: {exec: {command: [sleep, "5"]}}}
            resources: {claims: [{name: gpu}]}
            startupProbe: {httpGet: {path: /, port: metrics}, failureThreshold: 3}
            livenessProbe: {tcpSocket: {port: 9400}}
      """;

  private static Map<String, Object> template(String yaml) throws Exception {
    return YAML.readValue(yaml, new TypeReference<>() {});
  }

  private static List<String> problems(String yaml) throws Exception {
    return PodTemplates.problems(template(yaml), Optional.empty()).stream()
        .map(PlanError::message)
        .toList();
  }

  @Test
  void everythingThatAPodMayHaveIsTaken() throws Exception {
    assertThat(problems(FULL)).isEmpty();
    assertThat(PodTemplates.problems(null, Optional.empty())).isEmpty();
    assertThat(PodTemplates.problems(Map.of(), Optional.empty())).isEmpty();
    PodTemplateSpec read = PodTemplates.read(template(FULL));
    assertThat(read.getSpec().getVolumes()).hasSize(8);
    assertThat(read.getSpec().getAdditionalProperties()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"containers", "initContainers", "volumes"})
  void anItemWithNothingInItIsNamed(String list) throws Exception {
    assertThat(problems("spec:\n  %s:\n    -\n".formatted(list)))
        .singleElement()
        .asString()
        .endsWith(
            ".spec.%s[0]: is empty; fill it, or take its dash out of the list".formatted(list));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nodeSelector: | nodeSelectr: | .spec.nodeSelectr: unknown field; did you mean"
            + " nodeSelector?",
        "spec: | specs: | .specs: unknown field; did you mean spec?",
        "claimName: laion | claim: laion | .spec.volumes[0].persistentVolumeClaim.claim: unknown"
            + " field; its fields are claimName, readOnly",
        "operator: Exists | operater: Exists | .spec.tolerations[0].operater: unknown field; did"
            + " you mean operator?",
        "mountPath: /data | path: /data | .spec.containers[0].volumeMounts[0].path: unknown field;"
            + " its fields are mountPath, mountPropagation, name, readOnly, recursiveReadOnly,"
            + " subPath, subPathExpr",
        "schedulerName: default | banana: default | .spec.banana: unknown field; see kubectl"
            + " explain job.spec.template.spec",
        "server: store, path | banana: store, path | .spec.volumes[3].nfs.banana: unknown field;"
            + " its fields are path, readOnly, server",
        "fsGroup: 3000 | fsGroup: 3k | .spec.securityContext.fsGroup: is '3k', not a whole number;"
            + " see kubectl explain job.spec.template.spec.securityContext.fsGroup",
        "fsGroup: 3000 | fsGroup: 3.5 | .spec.securityContext.fsGroup: is 3.5, not a whole number;"
            + " see kubectl explain job.spec.template.spec.securityContext.fsGroup",
        "value: `1` | value: 1 | .spec.containers[0].env[0].value: is 1, not text; put it in"
            + " quotes",
        "team: vision | team: 7 | .metadata.labels['team']: is 7, not text; put it in quotes",
        "tolerations: [{ | tolerations: {a: [{ | .spec.tolerations: is a mapping, not a list; see"
            + " kubectl explain job.spec.template.spec.tolerations",
        "readOnly: true}} | readOnly: maybe}} | .spec.volumes[0].persistentVolumeClaim.readOnly: is"
            + " 'maybe', not true or false; see kubectl explain"
            + " job.spec.template.spec.volumes.persistentVolumeClaim.readOnly",
        "sizeLimit: 8Gi | sizeLimit: 8GB | .spec.volumes[2].emptyDir.sizeLimit: is '8GB', not a"
            + " quantity; write it like 8, 500m or 32Gi",
        "cpu: 1, memory: 64Mi | cpu: | .spec.initContainers[0].resources.limits['cpu']: is empty;"
            + " write it like 8, 500m or 32Gi",
        "cpu: 1, memory: 64Mi | cpu: `` | .spec.initContainers[0].resources.limits['cpu']: is '',"
            + " not a quantity; write it like 8, 500m or 32Gi",
        "fetch, image | [fetch], image | .spec.initContainers[0].name: is a list, not text; put it"
            + " in quotes",
      })
  void eachMistakeIsNamedWhereItStands(String good, String bad, String message) throws Exception {
    String from = good.replace('`', '"');
    assertThat(FULL).contains(from);
    String broken = FULL.replaceFirst(java.util.regex.Pattern.quote(from), bad.replace('`', '"'));
    if (bad.contains("{a: [{")) {
      broken = broken.replace("tolerationSeconds: 60}]", "tolerationSeconds: 60}]}");
    }
    assertThat(problems(broken)).containsExactly("spec.scheduling.podTemplate" + message);
  }

  @Test
  void allMistakesAreToldAtOnce() throws Exception {
    assertThat(problems("spec: {nodeSelectr: {a: b}, volume: [], containers: {}}")).hasSize(3);
  }

  @Test
  void containersBesideTheWorkerAreRefused() throws Exception {
    assertThat(problems("spec: {containers: [{name: sidecar}, {image: nameless}]}"))
        .containsExactly(
            "spec.scheduling.podTemplate.spec.containers: has containers beside 'worker': sidecar,"
                + " one without a name, which would keep a trial from ending; make each an"
                + " initContainer with restartPolicy Always");
  }

  @Test
  void aTemplateIsNoPlaceForFiles() throws Exception {
    assertThat(problems("metadata: {annotations: {script: \"" + "x".repeat(70_000) + "\"}}"))
        .containsExactly(
            "spec.scheduling.podTemplate: takes 69 KiB as JSON; give at most 64 KiB; long scripts"
                + " and files belong into a config map");
  }

  /**
   * Thirteen thousand of them fit into 64 KiB, and each takes some hundred bytes when it is told.
   */
  @Test
  void ofManyProblemsTheFirstAreTold() {
    Map<String, Object> empty =
        Map.of("spec", Map.of("volumes", Collections.nCopies(13_000, null)));
    assertThat(PodTemplates.problems(empty, Optional.empty())).hasSize(PodModel.MOST_PROBLEMS);

    Map<String, Object> labels = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      labels.put("isoflop.dev/" + i, "");
    }
    assertThat(
            PodTemplates.problems(Map.of("metadata", Map.of("labels", labels)), Optional.empty()))
        .hasSize(PodModel.MOST_PROBLEMS);
  }
}
