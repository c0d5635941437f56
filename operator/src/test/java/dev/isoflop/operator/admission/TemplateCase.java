package dev.isoflop.operator.admission;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A template that is refused.
 *
 * @param refused start of the message, without the template's own path
 */
public record TemplateCase(Map<String, Object> template, String refused) {

  /** What no template may ask for. */
  public static List<TemplateCase> forbidden() throws IOException {
    return of("forbidden.yaml");
  }

  /** What each installation decides for itself. */
  public static List<TemplateCase> leftToInstallations() throws IOException {
    return of("installation.yaml");
  }

  private static List<TemplateCase> of(String file) throws IOException {
    return new YAMLMapper()
        .readValue(
            Path.of("src/test/resources/templates").resolve(file).toFile(),
            new TypeReference<List<TemplateCase>>() {});
  }

  @Override
  public String toString() {
    return refused;
  }
}
