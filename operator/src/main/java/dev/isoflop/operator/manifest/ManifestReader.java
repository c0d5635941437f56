package dev.isoflop.operator.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;

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

  /**
   * Reads a file; what is wrong with its content is reported all at once. Relative paths of data
   * start from the file's folder.
   */
  public ScalingSweep read(Path file) throws InvalidManifestException {
    String source = file.toString();
    try {
      if (Files.isDirectory(file)) {
        throw invalid(
            source, new Problem(Problem.FILE, "is a folder", "give the path of a manifest in it"));
      }
      if (Files.size(file) > MAXIMUM_BYTES) {
        throw invalid(
            source,
            new Problem(
                Problem.FILE,
                "larger than 1 MiB",
                "give the manifest of one ScalingSweep, not its data"));
      }
      Path folder = file.toAbsolutePath().getParent();
      String text = Files.readString(file, StandardCharsets.UTF_8);
      ScalingSweep sweep = parse(source, text);
      if (folder != null) {
        ManifestFolder.note(sweep, tree(source, text), folder);
      }
      return sweep;
    } catch (NoSuchFileException e) {
      throw invalid(
          source,
          new Problem(
              Problem.FILE,
              file.isAbsolute() ? "not found" : "not found from " + Path.of("").toAbsolutePath(),
              "check the path"));
    } catch (MalformedInputException e) {
      throw invalid(
          source,
          new Problem(Problem.FILE, "is not UTF-8 text", "give a YAML manifest, saved as UTF-8"));
    } catch (AccessDeniedException e) {
      throw invalid(
          source, new Problem(Problem.FILE, "may not be read", "allow reading it, or give a copy"));
    } catch (IOException e) {
      throw invalid(
          source,
          new Problem(
              Problem.FILE, "cannot be read: " + e.getMessage(), "check the path and its disk"));
    }
  }

  /** Reads a manifest's text; {@code source} names it in messages. */
  public ScalingSweep parse(String source, String text) throws InvalidManifestException {
    JsonNode tree = schema.withoutNulls(tree(source, text));
    List<Problem> problems = new ArrayList<>(header(tree));
    if (problems.isEmpty()) {
      problems.addAll(schema.check(tree));
    }
    if (!problems.isEmpty()) {
      throw new InvalidManifestException(source, problems);
    }
    return bind(source, tree);
  }

  private static JsonNode tree(String source, String text) throws InvalidManifestException {
    List<JsonNode> documents = new ArrayList<>();
    try (JsonParser parser = YAML.createParser(text)) {
      while (parser.nextToken() != null) {
        documents.add(YAML.readTree(parser));
      }
    } catch (JsonProcessingException e) {
      throw invalid(source, noYaml(e));
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be read", e);
    }
    documents.removeIf(document -> document.isNull() || document.isMissingNode());
    if (documents.size() == 1 && documents.get(0).isObject()) {
      return documents.get(0);
    }
    String what =
        switch (documents.size()) {
          case 0 -> "is empty";
          case 1 -> documents.get(0).isArray() ? "holds a list, no fields" : "holds no fields";
          default -> "holds %d YAML documents".formatted(documents.size());
        };
    throw invalid(
        source,
        new Problem(
            Problem.FILE,
            what,
            "give one document of kind ScalingSweep; examples/quickstart.yaml is one"));
  }

  /** The place is where the YAML parser stopped, which is where the mistake is or just after it. */
  private static Problem noYaml(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      var mark = marked.getProblemMark();
      return noYaml(mark.getLine() + 1, mark.getColumn() + 1, marked.getProblem());
    }
    var location = e.getLocation();
    return location == null
        ? noYaml(1, 1, e.getOriginalMessage())
        : noYaml(location.getLineNr(), location.getColumnNr(), e.getOriginalMessage());
  }

  private static Problem noYaml(int line, int column, String problem) {
    return new Problem(
        "line %d, column %d".formatted(line, column),
        "not valid YAML: " + problem.lines().findFirst().orElse(""),
        "fix it there, or in the line before");
  }

  private static List<Problem> header(JsonNode tree) {
    List<Problem> problems = new ArrayList<>();
    expect(tree, "apiVersion", "isoflop.dev/v1alpha1", problems);
    expect(tree, "kind", "ScalingSweep", problems);
    JsonNode given = tree.path("metadata").path("name");
    String name = given.asText();
    if (given.isNumber() || given.isBoolean()) {
      problems.add(
          new Problem(
              "metadata.name", name + " is not text", "put it in quotes, name: '" + name + "'"));
    } else if (!NAME.matcher(name).matches()) {
      problems.add(
          new Problem(
              "metadata.name",
              name.isEmpty() ? "is missing" : "'" + name + "' is not a valid name",
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
