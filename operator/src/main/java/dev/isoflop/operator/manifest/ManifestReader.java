package dev.isoflop.operator.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.api.v1alpha1.LayerRange;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a {@code ScalingSweep} manifest as strictly as an API server with field validation would:
 * against the schema of the checked-in CRD, with every unknown field named.
 */
public final class ManifestReader {
  private static final long MAXIMUM_BYTES = 1 << 20;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private final ResourceSchema schema = ResourceSchema.of(ScalingSweep.class);

  /** Reads a file; what is wrong with its content is reported all at once. */
  public ScalingSweep read(Path file) throws InvalidManifestException {
    String source = file.toString();
    try {
      if (Files.size(file) > MAXIMUM_BYTES) {
        throw invalid(
            source,
            new Problem(
                "file",
                "larger than 1 MiB",
                "give the manifest of one ScalingSweep, not its data"));
      }
      return parse(source, Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw invalid(
          source,
          new Problem(
              "file",
              "not found from " + Path.of("").toAbsolutePath(),
              "check the path; examples/quickstart.yaml is a manifest to start from"));
    } catch (IOException e) {
      throw invalid(
          source,
          new Problem("file", "unreadable: " + e, "check that it is a readable UTF-8 text file"));
    }
  }

  /** Reads a manifest's text; {@code source} names it in messages. */
  public ScalingSweep parse(String source, String text) throws InvalidManifestException {
    JsonNode tree = tree(source, text);
    List<Problem> problems = new ArrayList<>(header(tree));
    if (problems.isEmpty()) {
      problems.addAll(schema.check(tree));
    }
    if (!problems.isEmpty()) {
      throw new InvalidManifestException(source, problems);
    }
    ScalingSweep sweep = bind(source, tree);
    LayerRange layers = sweep.getSpec().grid().layers();
    if (layers.min() > layers.max()) {
      throw invalid(
          source,
          new Problem(
              "spec.grid.layers",
              "min %d exceeds max %d".formatted(layers.min(), layers.max()),
              "exchange them"));
    }
    return sweep;
  }

  private static JsonNode tree(String source, String text) throws InvalidManifestException {
    List<JsonNode> documents = new ArrayList<>();
    try (MappingIterator<JsonNode> iterator = YAML.readerFor(JsonNode.class).readValues(text)) {
      while (iterator.hasNextValue()) {
        documents.add(iterator.nextValue());
      }
    } catch (JsonProcessingException e) {
      var location = e.getLocation();
      String where =
          location == null
              ? "file"
              : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
      throw invalid(
          source,
          new Problem(
              where,
              "no valid YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""),
              "mend the syntax; indentation is by spaces"));
    } catch (IOException e) {
      throw invalid(source, new Problem("file", "unreadable: " + e, "check the file"));
    }
    documents.removeIf(document -> document.isNull() || document.isMissingNode());
    if (documents.size() != 1 || !documents.get(0).isObject()) {
      throw invalid(
          source,
          new Problem(
              "file",
              "holds %d YAML documents".formatted(documents.size()),
              "give one document of kind ScalingSweep; examples/quickstart.yaml is one"));
    }
    return documents.get(0);
  }

  private static List<Problem> header(JsonNode tree) {
    List<Problem> problems = new ArrayList<>();
    expect(tree, "apiVersion", "isoflop.dev/v1alpha1", problems);
    expect(tree, "kind", "ScalingSweep", problems);
    String name = tree.path("metadata").path("name").asText();
    if (!NAME.matcher(name).matches()) {
      problems.add(
          new Problem(
              "metadata.name",
              name.isEmpty() ? "is missing" : "'" + name + "' is no valid name",
              "give at most 63 lower-case letters, digits and '-', such as dit-in-context"));
    }
    return problems;
  }

  private static void expect(JsonNode tree, String field, String expected, List<Problem> problems) {
    String actual = tree.path(field).asText();
    if (!actual.equals(expected)) {
      problems.add(
          new Problem(
              field,
              actual.isEmpty() ? "is missing" : "is '" + actual + "'",
              "write " + field + ": " + expected));
    }
  }

  private static ScalingSweep bind(String source, JsonNode tree) throws InvalidManifestException {
    try {
      return YAML.treeToValue(tree, ScalingSweep.class);
    } catch (JsonProcessingException e) {
      throw invalid(
          source, new Problem("spec", e.getOriginalMessage(), "compare it with docs/manifest.md"));
    }
  }

  private static InvalidManifestException invalid(String source, Problem problem) {
    return new InvalidManifestException(source, List.of(problem));
  }
}
