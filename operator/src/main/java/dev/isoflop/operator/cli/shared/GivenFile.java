package dev.isoflop.operator.cli.shared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.operator.local.store.SweepFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Recognises a file or folder that was given to the wrong command. */
public final class GivenFile {
  /** Files of settings and laws are smaller; a larger one is a table. */
  private static final long LARGEST = 1 << 20;

  private static final YAMLMapper YAML = new YAMLMapper();

  /** Kind of file that commands take. */
  public enum Kind {
    /** A sweep to be run. */
    MANIFEST("a manifest", "isoflop plan and isoflop run take it"),
    /** A sweep's resource with its status. */
    STATUS("the status of a sweep", "isoflop predict, export and compare take it"),
    /** A folder of a run. */
    RUN("the folder of a run", "isoflop predict, compare, export, report and retry take it"),
    /** Output of {@code fit} for programs. */
    LAWS("a file of fitted laws", "isoflop predict, export and compare take it"),
    /** Points to fit. */
    TABLE("a table", "isoflop fit and isoflop compare take it");

    private final String title;
    private final String takers;

    Kind(String title, String takers) {
      this.title = title;
      this.takers = takers;
    }
  }

  private GivenFile() {}

  /**
   * Ends the command if it was given one of these.
   *
   * @param wanted what it takes instead, as the end of an imperative
   */
  public static void refuse(Path path, String wanted, Kind... unusable) {
    kind(path)
        .filter(List.of(unusable)::contains)
        .ifPresent(
            kind -> {
              throw CommandException.badInput(
                  "%s: is %s, and %s; %s"
                      .formatted(path, kind.title, kind.takers, wanted(path, kind, wanted)));
            });
  }

  /** The file of the run beside or in it, where that is what the command takes. */
  private static String wanted(Path path, Kind kind, String wanted) {
    Path run = kind == Kind.RUN ? path : path.toAbsolutePath().getParent();
    Path trials = run == null ? path : run.resolve("trials.csv");
    return wanted.contains("table") && kind != Kind.LAWS && Files.exists(trials)
        ? "its table is " + Paths.shown(trials)
        : wanted;
  }

  /** The kind of a file; empty for one that is not there, cannot be read, or is of no kind. */
  static Optional<Kind> kind(Path path) {
    if (Files.isDirectory(path)) {
      return isRun(path) ? Optional.of(Kind.RUN) : Optional.empty();
    }
    String name = path.toString();
    if (name.endsWith(".csv") || name.endsWith(".tsv")) {
      return Files.exists(path) ? Optional.of(Kind.TABLE) : Optional.empty();
    }
    try {
      if (!Files.isRegularFile(path) || Files.size(path) > LARGEST) {
        return Optional.empty();
      }
      JsonNode tree = YAML.readTree(Files.readString(path, StandardCharsets.UTF_8));
      if (tree.path("kind").asText().equals("ScalingSweep")) {
        return Optional.of(tree.path("status").isObject() ? Kind.STATUS : Kind.MANIFEST);
      }
      return tree.path("laws").isObject() && !tree.has("kind")
          ? Optional.of(Kind.LAWS)
          : Optional.empty();
    } catch (IOException unreadable) {
      // whoever reads it as what it should be tells what is wrong with it
      return Optional.empty();
    }
  }

  private static boolean isRun(Path folder) {
    return Files.exists(new SweepFolder(folder).statusFile())
        || kind(folder.resolve("sweep.yaml")).isPresent();
  }
}
