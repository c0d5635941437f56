package dev.isoflop.operator.kubernetes.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * JSON as API servers store it, which is deeper and has longer names than parsers take by default:
 * one resource that ends the parser would take all others of its page along.
 */
public final class StoredJson {
  /** API servers take 10,000, and a list goes a little deeper than its items. */
  private static final int DEEPEST = 20_000;

  /** More than an API server takes of a whole resource. */
  private static final int LONGEST_NAME = 4 << 20;

  private StoredJson() {}

  /** Field names are as their writers like: they are not kept, and may look alike. */
  static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxNameLength(LONGEST_NAME)
                .build())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .build();
  }

  /** Serialization for a client that reads whole resources. */
  public static KubernetesSerialization serialization() {
    return new KubernetesSerialization(new ObjectMapper(factory()), false);
  }
}
