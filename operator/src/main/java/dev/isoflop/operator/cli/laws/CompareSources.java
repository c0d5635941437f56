package dev.isoflop.operator.cli.laws;

import dev.isoflop.laws.compare.ComparedSweep;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.GivenFile;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.RunFolderReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Reads what is to be compared: runs, files of laws, and tables of points. */
final class CompareSources {
  private static final int DIGEST_SHOWN = 19;

  private final CliContext surroundings;
  private final PointChoices choices;

  /**
   * @param choices how tables are read and fitted
   */
  CompareSources(CliContext surroundings, PointChoices choices) {
    this.surroundings = surroundings;
    this.choices = choices;
  }

  /**
   * One of them.
   *
   * @param origin where it comes from, for people
   */
  record Source(ComparedSweep sweep, String origin) {}

  /** Reads them in their order. */
  List<Source> read(List<String> arguments) {
    List<Source> sources = new ArrayList<>();
    SharedNotes notes = new SharedNotes();
    try {
      read(arguments, sources, notes);
    } finally {
      notes.lines().forEach(surroundings.err()::note);
    }
    return sources;
  }

  private void read(List<String> arguments, List<Source> sources, SharedNotes notes) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      boolean named = equals > 0 && !Files.exists(Path.of(argument));
      Path path = Path.of(named ? argument.substring(equals + 1) : argument);
      String name = named ? argument.substring(0, equals) : name(path);
      if (sources.stream().anyMatch(source -> source.sweep().name().equals(name))) {
        throw CommandException.badInput(
            "%s: '%s' stands for two sweeps; give each a name of its own, as in %s-2=%s"
                .formatted(argument, name, name, path));
      }
      sources.add(read(name, path, note -> notes.add(name, note)));
    }
  }

  private static String name(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? path.toString() : last.toString();
  }

  private Source read(String name, Path path, Consumer<String> notice) {
    GivenFile.refuse(
        path,
        "give the folder of its run, laws, or a table of trained models",
        GivenFile.Kind.MANIFEST);
    if (Files.isDirectory(path)) {
      return run(name, path, notice);
    }
    return SheetFile.looksLike(path) ? sheet(name, path, notice) : table(name, path, notice);
  }

  private Source run(String name, Path path, Consumer<String> notice) {
    try {
      RunFolderReader reader =
          new RunFolderReader(
              new LawFitter(surroundings.processors())::fit,
              surroundings.release().software(),
              notice);
      ReportInput input = reader.read(new SweepFolder(path), surroundings.clock().instant(), "");
      if (input.unfinished()) {
        notice.accept("is not finished; its laws are those so far: continue it with ./isoflop run");
      }
      Laws laws =
          input
              .laws()
              .orElseThrow(
                  () ->
                      CommandException.badInput(
                          "%s: no budget of this run is complete, so it has no laws; continue it with ./isoflop run"
                              .formatted(path)));
      return new Source(
          ComparedSweep.of(name, laws), origin(path, laws.provenance().inputDigest()));
    } catch (IOException e) {
      throw CommandException.badInput(List.of(String.valueOf(e.getMessage())), e);
    }
  }

  private Source sheet(String name, Path path, Consumer<String> notice) {
    try {
      SheetFile file = SheetFile.read(path);
      SheetLaws laws = new SheetLaws(file.sheet(), file.confidence());
      laws.notes().forEach(notice);
      LawEntries entries = Objects.requireNonNull(file.sheet().laws(), "a sheet with laws");
      return new Source(laws.compared(name), origin(path, entries.provenance().inputDigest()));
    } catch (IOException e) {
      throw CommandException.badInput(List.of(String.valueOf(e.getMessage())), e);
    }
  }

  private Source table(String name, Path path, Consumer<String> notice) {
    Laws laws = choices.fit(path, surroundings, notice).laws();
    return new Source(ComparedSweep.of(name, laws), origin(path, laws.provenance().inputDigest()));
  }

  private static String origin(Path path, String digest) {
    return Paths.shown(path)
        + ", "
        + (digest.length() > DIGEST_SHOWN ? digest.substring(0, DIGEST_SHOWN) : digest);
  }
}
