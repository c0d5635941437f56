package dev.isoflop.operator.cli.laws;

import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.OutputFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Laws in a file of another program. */
record LawExport(Path file, Format format) {

  /** Export format of laws; the names are what users write. */
  enum Format {
    json(".json"),
    yaml(".yaml"),
    latex(".tex"),
    python(".py");

    private final String ending;

    Format(String ending) {
      this.ending = ending;
    }

    /** The document. */
    String text(LawSheet sheet, double confidence) {
      return switch (this) {
        case json -> lines(OutputFormat.json.document(sheet));
        case yaml -> lines(OutputFormat.yaml.document(sheet));
        case latex -> LatexLaws.text(sheet, confidence);
        case python -> PythonLaws.text(sheet, confidence);
      };
    }

    private static String lines(List<String> lines) {
      return String.join("\n", lines) + "\n";
    }
  }

  /** The export that a file's name asks for. */
  static LawExport to(Path file) {
    String name = file.toString();
    for (Format format : Format.values()) {
      if (name.endsWith(format.ending)) {
        return new LawExport(file, format);
      }
    }
    if (name.endsWith(".yml")) {
      return new LawExport(file, Format.yaml);
    }
    throw CommandException.badInput(
        "%s: its ending says no format; end it in .json, .yaml, .tex or .py".formatted(file));
  }

  Path write(LawSheet sheet, double confidence) {
    try {
      Files.writeString(file, format.text(sheet, confidence), StandardCharsets.UTF_8);
      return file;
    } catch (IOException e) {
      throw CommandException.unwritable(file, e);
    }
  }
}
