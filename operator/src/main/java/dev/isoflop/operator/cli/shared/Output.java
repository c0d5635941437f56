package dev.isoflop.operator.cli.shared;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that says how a command prints its result. */
public final class Output {
  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "table for people (default), json or yaml for programs.")
  private OutputFormat format = OutputFormat.table;

  /** Whether people rather than programs read the result. */
  public boolean forPeople() {
    return format.forPeople();
  }

  /** The lines of a document for programs. */
  public List<String> document(Object value) {
    return format.document(value);
  }

  /** Console for messages to people: documents on standard output stay documents. */
  public Console told(CliContext context) {
    return forPeople() ? context.out() : context.err();
  }

  /** Says which files were written beside the result. */
  public void tellWritten(List<Path> files, CliContext context) {
    if (!files.isEmpty()) {
      told(context).print("");
      files.forEach(file -> told(context).print("wrote " + Paths.shown(file)));
    }
  }
}
