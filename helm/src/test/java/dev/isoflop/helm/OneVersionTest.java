package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the build makes is what the chart asks for, with the commands of the documents. */
class OneVersionTest {
  /** Before a release raise the version in the poms; this writes it into the chart. */
  @Test
  void theChartHasTheVersionOfTheProject() throws IOException {
    Path file = Chart.FOLDER.resolve("Chart.yaml");
    if ("write".equals(System.getProperty("isoflop.golden"))) {
      Files.writeString(
          file,
          Files.readString(file)
              .replaceAll("(?m)^(version|appVersion): .*$", "$1: " + BuiltImages.version()));
    }
    JsonNode chart = Chart.YAML.readTree(file.toFile());

    assertThat(chart.get("version").asText()).isEqualTo(BuiltImages.version());
    assertThat(chart.get("appVersion").asText()).isEqualTo(BuiltImages.version());
  }

  @Test
  void theCitationNamesTheReleaseOfThisVersion() throws IOException {
    JsonNode citation = Chart.YAML.readTree(Path.of("../CITATION.cff").toFile());

    assertThat(citation.get("version").asText())
        .isEqualTo(BuiltImages.version().replace("-SNAPSHOT", ""));
  }

  @Test
  void theCommandsOfTheReadmeAskForTheImagesThatAreBuilt() throws Exception {
    asksForBuiltImages(DocumentedCommands.of("README.md", "On a Kubernetes cluster"));
  }

  @Test
  void theCommandsOfTheInstallGuideAskForTheImagesThatAreBuilt() throws Exception {
    asksForBuiltImages(DocumentedCommands.of("docs/install.md", "Install"));
  }

  private static void asksForBuiltImages(List<String> commands) throws IOException {
    TemplateCommand template = Chart.template();
    List<String> set = settings(commands);
    assertThat(set).hasSize(2);
    for (String setting : set) {
      template.set(setting.split("=", 2)[0], setting.split("=", 2)[1]);
    }
    assertThat(images(template)).containsExactly(BuiltImages.operator(), BuiltImages.worker());
  }

  @Test
  void theWorkerForGpusIsAskedForByItsFlavor() throws IOException {
    assertThat(
            images(
                Chart.template()
                    .set("worker.image.repository", "registry.example/isoflop-worker")
                    .set("worker.image.flavor", "cu128")))
        .last()
        .isEqualTo(BuiltImages.cudaWorker());
  }

  private static List<String> settings(List<String> commands) {
    String install =
        commands.stream()
            .filter(line -> line.startsWith("helm install "))
            .findFirst()
            .orElseThrow();
    List<String> found = new ArrayList<>();
    Matcher setting = Pattern.compile("--set (\\S+)").matcher(install);
    while (setting.find()) {
      found.add(setting.group(1));
    }
    return found;
  }

  /** Of the operator's container, and of the workers that it starts. */
  private static List<String> images(TemplateCommand template) throws IOException {
    JsonNode container =
        Chart.ofKind(template.call(), "Deployment").get(0).at("/spec/template/spec/containers/0");
    List<String> found = new ArrayList<>(List.of(container.get("image").asText()));
    for (JsonNode variable : container.get("env")) {
      if ("ISOFLOP_WORKER_IMAGE".equals(variable.get("name").asText())) {
        found.add(variable.get("value").asText());
      }
    }
    return found;
  }

  /** A tag written out in a document or in a message is one that is built, or a word for it. */
  @Test
  void noOtherTagIsNamedAnywhere() throws IOException {
    List<String> named = new ArrayList<>();
    Pattern tag = Pattern.compile("isoflop-(?:operator|worker):([\\w.-]+)");
    for (Path file : documents()) {
      Matcher matcher = tag.matcher(Files.readString(file));
      while (matcher.find()) {
        named.add(matcher.group(1).toUpperCase(Locale.ROOT));
      }
    }
    String version = BuiltImages.version().toUpperCase(Locale.ROOT);

    assertThat(named).isSubsetOf("VERSION", "VERSION-CU128", version, version + "-CU128");
  }

  private static List<Path> documents() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : Arrays.asList("..", "../docs")) {
      try (var files = Files.newDirectoryStream(Path.of(folder), "*.md")) {
        files.forEach(found::add);
      }
    }
    assertThat(found).hasSizeGreaterThan(15);
    return found;
  }
}
