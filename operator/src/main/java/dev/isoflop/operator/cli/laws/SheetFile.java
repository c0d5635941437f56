package dev.isoflop.operator.cli.laws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.GivenFile;
import dev.isoflop.operator.local.store.SweepFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Laws in a file: the status of a sweep, or what {@code isoflop fit} printed as JSON or YAML.
 *
 * @param confidence of the intervals
 */
public record SheetFile(LawSheet sheet, double confidence) {
  static final ObjectMapper MAPPER =
      YAMLMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final double USUAL_CONFIDENCE = 0.95;

  /**
   * Whether a file holds one JSON or YAML object, as files of laws do and tables do not; the file
   * may still not be one of laws.
   */
  public static boolean looksLike(Path file) {
    String name = file.toString();
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return true;
    }
    try {
      JsonNode tree = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
      return tree.isObject() && (tree.has("laws") || tree.has("status"));
    } catch (IOException e) {
      // Whoever reads it as a table tells what is wrong with it.
      return false;
    }
  }

  /** A file that may be right but has no laws, such as the status of a sweep that goes on. */
  public static final class NoLawsException extends IOException {
    private static final long serialVersionUID = 1;

    NoLawsException(String message) {
      super(message);
    }
  }

  /**
   * The laws of a command's argument: the folder of a run, or a file as {@link #read} takes it.
   *
   * @throws CommandException if it has no laws, or is something else
   */
  static SheetFile given(Path source) {
    GivenFile.refuse(
        source,
        "give the folder of its run, or fit a table with isoflop fit --output json",
        GivenFile.Kind.MANIFEST);
    SweepFolder run = new SweepFolder(source);
    boolean folder = Files.isDirectory(source);
    if (folder && !Files.exists(run.statusFile())) {
      throw CommandException.badInput(run.withoutRun());
    }
    try {
      return read(folder ? run.statusFile() : source);
    } catch (NoLawsException e) {
      throw CommandException.failed(List.of(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw CommandException.badInput(List.of(String.valueOf(e.getMessage())), e);
    }
  }

  /** Reads a file; the message of the exception names it and the way out. */
  public static SheetFile read(Path file) throws IOException {
    JsonNode tree = tree(file);
    boolean resource = tree.has("status");
    LawSheet sheet;
    try {
      sheet = MAPPER.treeToValue(resource ? tree.get("status") : tree, LawSheet.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: is not as isoflop writes it (%s); give it as it was written"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
    if (sheet == null || sheet.laws() == null) {
      if (resource && !finished(tree)) {
        throw new NoLawsException(
            "%s: there are no laws yet, as %d of %d trials have ended; they are fitted once all trials of 3 budgets have ended; continue the run, or ask later"
                .formatted(file, ended(tree), tree.at("/status/trials/planned").asInt()));
      }
      throw new NoLawsException(
          "%s: holds no laws; give the folder of a run, its status.yaml once laws are fitted, or what 'isoflop fit --output json' printed"
              .formatted(file));
    }
    JsonNode confidence = resource ? tree.at("/spec/laws/confidence") : tree.at("/fit/confidence");
    return new SheetFile(sheet, confidence.asDouble(USUAL_CONFIDENCE));
  }

  private static boolean finished(JsonNode resource) {
    for (JsonNode condition : resource.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Finished")) {
        return condition.path("status").asText().equals("True");
      }
    }
    // a status of no run, as someone wrote it
    return !resource.at("/status/trials").isObject();
  }

  private static int ended(JsonNode resource) {
    JsonNode trials = resource.at("/status/trials");
    return trials.path("succeeded").asInt()
        + trials.path("excluded").asInt()
        + trials.path("failed").asInt();
  }

  private static JsonNode tree(Path file) throws IOException {
    try {
      JsonNode tree = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
      if (tree.isObject()) {
        return tree;
      }
    } catch (NoSuchFileException e) {
      throw new IOException(
          "%s: not found%s; check the path"
              .formatted(file, file.isAbsolute() ? "" : " from " + Path.of("").toAbsolutePath()),
          e);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: is neither JSON nor YAML (%s); %s"
              .formatted(file, e.getOriginalMessage().lines().findFirst().orElse(""), fit(file)),
          e);
    }
    throw new IOException("%s: holds no laws; %s".formatted(file, fit(file)));
  }

  private static String fit(Path table) {
    return "give what 'isoflop fit --output json' printed; of a table of points:"
        + " isoflop fit %s --output json > laws.json".formatted(table);
  }
}
