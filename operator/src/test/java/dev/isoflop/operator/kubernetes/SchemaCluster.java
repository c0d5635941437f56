package dev.isoflop.operator.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.kubernetes.reconcile.Cluster;
import dev.isoflop.operator.kubernetes.reconcile.StaleViewException;
import dev.isoflop.operator.kubernetes.reconcile.StatusRefusedException;
import dev.isoflop.operator.manifest.Problem;
import dev.isoflop.operator.manifest.ResourceSchema;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A cluster that refuses a status beyond the schema of its CRD, as an API server does. */
final class SchemaCluster extends ForwardingCluster {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Class<?>, ResourceSchema> SCHEMAS = new ConcurrentHashMap<>();

  SchemaCluster(Cluster cluster) {
    super(cluster);
  }

  private static <T extends CustomResource<?, ?>> void check(T changed, Class<T> type)
      throws StatusRefusedException {
    List<String> problems = problems(changed, type);
    if (!problems.isEmpty()) {
      throw new StatusRefusedException(
          String.join("; ", problems), new IllegalArgumentException("422"));
    }
  }

  /** What of a resource's status is beyond the schema. */
  static <T extends CustomResource<?, ?>> List<String> problems(T resource, Class<T> type) {
    try {
      JsonNode tree = JSON.readTree(Serialization.asJson(resource));
      return SCHEMAS.computeIfAbsent(type, unknown -> ResourceSchema.of(type)).check(tree).stream()
          .filter(problem -> problem.field().startsWith("status"))
          .map(Problem::message)
          .toList();
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Trial store(Trial observed, TrialStatus status)
      throws StaleViewException, StatusRefusedException {
    Trial changed = new Trial();
    changed.setMetadata(observed.getMetadata());
    changed.setSpec(observed.getSpec());
    changed.setStatus(status);
    check(changed, Trial.class);
    return super.store(observed, status);
  }

  @Override
  public ScalingSweep store(ScalingSweep observed, ScalingSweepStatus status)
      throws StaleViewException, StatusRefusedException {
    ScalingSweep changed = new ScalingSweep();
    changed.setMetadata(observed.getMetadata());
    changed.setSpec(observed.getSpec());
    changed.setStatus(status);
    check(changed, ScalingSweep.class);
    return super.store(observed, status);
  }
}
