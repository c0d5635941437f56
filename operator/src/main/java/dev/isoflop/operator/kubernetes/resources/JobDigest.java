package dev.isoflop.operator.kubernetes.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isoflop.common.Sha256;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/** SHA-256 over a Job as JSON, whatever the order of its maps, shortened to 32 digits. */
final class JobDigest {
  private static final int DIGITS = 32;
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private JobDigest() {}

  static String of(Job job) {
    try {
      return Sha256.hex(SORTED.writeValueAsBytes(job)).substring(0, DIGITS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a Job can always be written as JSON", e);
    }
  }
}
