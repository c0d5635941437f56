package dev.isoflop.operator.kubernetes.observe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.text.ShownText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every resource, so that one that cannot be read as its type does not take the whole list,
 * or the watch, along: of such a one the metadata are kept, see {@link Unreadable}. What stands in
 * a cluster may come from another release, or from before a schema became stricter. With bounds,
 * the same goes for one that is too large.
 */
final class LenientReading extends SimpleModule {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(LenientReading.class);
  private static final Set<Class<?>> TYPES =
      Set.of(
          ScalingSweep.class,
          Trial.class,
          Job.class,
          Pod.class,
          Event.class,
          GenericKubernetesResource.class);

  /**
   * @param bounded whether {@link BoundedCopy} cuts off what is too large
   */
  LenientReading(boolean bounded) {
    super("lenient reading");
    setDeserializerModifier(
        new BeanDeserializerModifier() {
          private static final long serialVersionUID = 1;

          @Override
          public JsonDeserializer<?> modifyDeserializer(
              DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> usual) {
            return TYPES.contains(bean.getBeanClass()) ? new Lenient(usual, bounded) : usual;
          }
        });
  }

  private static final class Lenient extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;

    private final boolean bounded;

    Lenient(JsonDeserializer<?> usual, boolean bounded) {
      super(usual);
      this.bounded = bounded;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> usual) {
      return new Lenient(usual, bounded);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      Optional<BoundedCopy> copy =
          bounded ? Optional.of(BoundedCopy.of(parser, context)) : Optional.empty();
      try (TokenBuffer whole =
          copy.isPresent() ? copy.get().tokens() : context.bufferAsCopyOfValue(parser)) {
        Optional<String> cut = copy.flatMap(BoundedCopy::cut);
        if (cut.isPresent()) {
          return withoutWhatFails(whole, context, new TooLargeException(cut.get()));
        }
        try {
          return checked(read(whole, context));
        } catch (IOException | RuntimeException e) {
          return withoutWhatFails(whole, context, e);
        }
      }
    }

    /** The resource, or the metadata alone of a trial that no turn can rest on. */
    private static HasMetadata checked(HasMetadata read) {
      if (read instanceof Trial trial) {
        StoredTrial.problem(trial)
            .ifPresent(
                problem -> {
                  trial.setSpec(null);
                  trial.setStatus(null);
                  Unreadable.mark(trial, problem);
                });
      }
      return read;
    }

    private HasMetadata read(TokenBuffer whole, DeserializationContext context) throws IOException {
      try (JsonParser again = whole.asParserOnFirstToken()) {
        return (HasMetadata) super.deserialize(again, context);
      }
    }

    private HasMetadata withoutWhatFails(
        TokenBuffer whole, DeserializationContext context, Exception failure) throws IOException {
      ObjectNode tree;
      try (JsonParser again = whole.asParserOnFirstToken()) {
        tree = (ObjectNode) context.readTree(again);
      }
      String problem = Unreadable.describe(tree, failure);
      LOG.warn(
          "{} {}/{}: {}",
          tree.path("kind").asText(handledType().getSimpleName()),
          tree.at("/metadata/namespace").asText(),
          tree.at("/metadata/name").asText(),
          ShownText.message(problem));
      LOG.debug("what could not be read", failure); // it may quote what a URI keeps secret
      boolean derived = handledType() == ScalingSweep.class;
      for (List<String> parts :
          derived
              ? List.of(List.of("status"), List.of("spec"), List.of("spec", "status"))
              : List.of(List.of("spec", "status"))) {
        boolean mutilated =
            failure instanceof TooLargeException large && !parts.contains(large.part());
        if (mutilated && parts.size() == 1) {
          continue; // what is left of a part that was cut off means nothing
        }
        try {
          HasMetadata read = read(tree.deepCopy().without(parts), context);
          if (parts.contains("spec")) {
            Unreadable.mark(read, problem);
          }
          return read;
        } catch (IOException | RuntimeException e) {
          failure.addSuppressed(e);
        }
      }
      throw context.instantiationException(handledType(), failure);
    }

    private HasMetadata read(ObjectNode tree, DeserializationContext context) throws IOException {
      try (JsonParser part = context.getParser().getCodec().treeAsTokens(tree)) {
        part.nextToken();
        return (HasMetadata) super.deserialize(part, context);
      }
    }
  }
}
