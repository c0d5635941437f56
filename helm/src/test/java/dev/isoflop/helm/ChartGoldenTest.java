package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whole renderings, without CRDs and dashboards, which are copies. After a wanted change write them
 * anew with {@code mvn -pl helm -am test -Dtest='Chart*Test' -Disoflop.golden=write
 * -Dsurefire.failIfNoSpecifiedTests=false} and review the difference.
 */
class ChartGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final Set<String> COPIES = Set.of("CustomResourceDefinition", "ConfigMap");

  @Test
  void asItComes() throws IOException {
    compare("default.yaml", Chart.template());
  }

  @Test
  void withEverything() throws IOException {
    compare(
        "everything.yaml",
        Chart.template().withValuesFile(FOLDER.resolve("everything-values.yaml")));
  }

  @Test
  void forAllNamespaces() throws IOException {
    compare(
        "all-namespaces.yaml",
        Chart.template().set("watch.allNamespaces", true).set("podMonitor.enabled", true));
  }

  private static void compare(String name, TemplateCommand template) throws IOException {
    StringBuilder rendering = new StringBuilder();
    for (JsonNode resource : Chart.resources(template.call())) {
      if (!COPIES.contains(resource.get("kind").asText())) {
        rendering.append(Chart.YAML.writeValueAsString(resource));
      }
    }
    Path golden = FOLDER.resolve(name);
    if ("write".equals(System.getProperty("isoflop.golden"))) {
      Files.writeString(golden, rendering);
    }
    assertThat(rendering.toString()).isEqualTo(Files.readString(golden));
  }
}
