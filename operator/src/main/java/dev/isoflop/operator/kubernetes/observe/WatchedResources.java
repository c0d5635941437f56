package dev.isoflop.operator.kubernetes.observe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.github.benmanes.caffeine.cache.Interner;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import dev.isoflop.api.v1alpha1.training.TrainingSpec;
import dev.isoflop.trial.TrialExperiment;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder.ExecutorSupplier;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A client whose watches keep in memory only what a turn reads. Who last wrote which field, whole
 * documents in annotations, the pod templates of Jobs and nearly all of a pod's spec make up nine
 * tenths of those resources.
 */
public final class WatchedResources implements AutoCloseable {
  /**
   * How many resources are fetched at once: each may take 1.5 MiB, whole pages are held in memory,
   * and several kinds are fetched at the same time.
   */
  public static final long PAGE = 20;

  private static final List<String> READ_OF_A_CONTAINER = List.of("name", "resources");
  private static final String NODE = "nodeName";
  private static final String CLAIM = "persistentVolumeClaim";

  private final ExecutorService threads = Executors.newCachedThreadPool(WatchedResources::daemon);
  private final KubernetesClient client;
  private final KubernetesClient writer;

  /**
   * A client beside another one.
   *
   * @param shared lends its connections; is not closed
   */
  public WatchedResources(KubernetesClient shared) {
    ExecutorSupplier executors =
        new ExecutorSupplier() {
          @Override
          public Executor get() {
            return threads;
          }

          @Override
          public void onClose(Executor executor) {}
        };
    client = beside(shared, executors, mapper());
    writer =
        beside(
            shared,
            executors,
            new ObjectMapper(StoredJson.factory())
                .registerModule(new LenientReading(/* bounded= */ false)));
  }

  private static KubernetesClient beside(
      KubernetesClient shared, ExecutorSupplier executors, ObjectMapper mapper) {
    return new KubernetesClientImpl(
        shared.getHttpClient(), shared.getConfiguration(), executors, serialization(mapper));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "watch");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Knows the kinds that are watched or asked for; to search the class path would load a thousand
   * more.
   */
  private static KubernetesSerialization serialization(ObjectMapper mapper) {
    KubernetesSerialization serialization = new KubernetesSerialization(mapper, false);
    List.of(
            ScalingSweep.class,
            Trial.class,
            Job.class,
            Pod.class,
            Event.class,
            Lease.class,
            Status.class)
        .forEach(serialization::registerKubernetesResource);
    return serialization;
  }

  private static ObjectMapper mapper() {
    return new ObjectMapper(StoredJson.factory())
        .registerModule(new LenientReading(/* bounded= */ true))
        .addMixIn(ObjectMeta.class, WithBriefMetadata.class)
        .addMixIn(TrialExperiment.class, WithSharedParts.class)
        .addMixIn(Pod.class, WithBriefSpec.class);
  }

  /** Reads what an API server stores as watches do: within bounds, and whatever stands there. */
  public static KubernetesSerialization reader() {
    return serialization(mapper());
  }

  /** The client for reading; what it would send lacks what it does not read. */
  public KubernetesClient client() {
    return client;
  }

  /**
   * The client for writing; reads whole resources, and of those that it cannot read the metadata.
   */
  public KubernetesClient writer() {
    return writer;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  interface WithBriefMetadata {
    @JsonDeserialize(contentUsing = SharedText.class)
    void setLabels(Map<String, String> labels);

    @JsonDeserialize(contentUsing = SharedText.class)
    void setAnnotations(Map<String, String> annotations);
  }

  interface WithBriefSpec {
    @JsonDeserialize(using = BriefSpec.class)
    void setSpec(PodSpec spec);
  }

  /** A text that others have, too. */
  static final class SharedText extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1;

    SharedText() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.getText().intern();
    }
  }

  /** A resource whose parts that all trials of a sweep share are kept once. */
  interface WithSharedParts {
    @JsonDeserialize(converter = SharedData.class)
    DataSpec data();

    @JsonDeserialize(converter = SharedTraining.class)
    TrainingSpec training();

    @JsonDeserialize(converter = SharedEvaluation.class)
    EvaluationSpec evaluation();
  }

  /** One of those that are equal. */
  private abstract static class Shared<T> extends StdConverter<T, T> {
    private final Interner<T> known = Interner.newWeakInterner();

    @Override
    public T convert(T read) {
      return known.intern(read);
    }
  }

  static final class SharedData extends Shared<DataSpec> {}

  static final class SharedTraining extends Shared<TrainingSpec> {}

  static final class SharedEvaluation extends Shared<EvaluationSpec> {}

  /**
   * The node, the claims, of the containers their names and resources; the pods of a node share
   * one.
   */
  static final class BriefSpec extends StdDeserializer<PodSpec> {
    private static final long serialVersionUID = 1;

    private final transient Interner<PodSpec> known = Interner.newWeakInterner();

    BriefSpec() {
      super(PodSpec.class);
    }

    @Override
    public PodSpec deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode spec = context.readTree(parser);
      JsonNode containers = spec.path("containers");
      containers.forEach(container -> ((ObjectNode) container).retain(READ_OF_A_CONTAINER));
      ObjectNode brief = context.getNodeFactory().objectNode();
      brief.set("containers", containers);
      brief.set("volumes", claims(context.getNodeFactory().arrayNode(), spec.path("volumes")));
      if (spec.has(NODE)) {
        brief.set(NODE, spec.get(NODE));
      }
      return known.intern(context.readTreeAsValue(brief, PodSpec.class));
    }

    private static ArrayNode claims(ArrayNode claims, JsonNode volumes) {
      volumes.forEach(
          volume -> {
            if (volume.has(CLAIM)) {
              claims.add(volume);
            }
          });
      return claims;
    }
  }
}
