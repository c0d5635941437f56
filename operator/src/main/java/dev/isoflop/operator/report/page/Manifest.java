package dev.isoflop.operator.report.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.text.ShownTree;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sweep as its user would write it, with every default filled in and its URIs without what is
 * secret in them.
 */
final class Manifest {

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private Manifest() {}

  static String yaml(String name, ScalingSweepSpec spec) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("apiVersion", "isoflop.dev/v1alpha1");
    manifest.put("kind", "ScalingSweep");
    manifest.put("metadata", Map.of("name", name));
    manifest.put("spec", spec);
    try {
      return MAPPER.writeValueAsString(ShownTree.of(MAPPER.valueToTree(manifest)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest that was read cannot be written", e);
    }
  }
}
