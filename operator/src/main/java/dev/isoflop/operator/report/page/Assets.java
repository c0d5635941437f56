package dev.isoflop.operator.report.page;

import dev.isoflop.common.Sha256;
import dev.isoflop.operator.report.plot.Ink;
import dev.isoflop.operator.report.plot.Palette;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The style sheet and the script that stand inside every report. */
final class Assets {

  private Assets() {}

  static String text(String name) {
    try (InputStream stream = Assets.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's file " + name + " cannot be read", e);
    }
  }

  /** The style sheet with the dark colours of so many budgets. */
  static String style(int budgets) {
    StringBuilder dark = new StringBuilder();
    for (Ink ink : Palette.all(budgets)) {
      dark.append(
          "  svg .fill-%s { fill: %s; } svg .stroke-%s { stroke: %s; }\n"
              .formatted(ink.name(), ink.dark(), ink.name(), ink.dark()));
    }
    return text("report.css")
        + "\n@media screen and (prefers-color-scheme: dark) {\n"
        + dark
        + "}\n";
  }

  static String script() {
    return text("report.js");
  }

  /** The digest by which a content security policy lets a script run. */
  static String digest(String script) {
    byte[] digest = Sha256.start().digest(script.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }
}
