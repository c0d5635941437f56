package dev.isoflop.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands that stand in a section of the README. */
final class ReadmeCommands {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private ReadmeCommands() {}

  /** In their order, each in one line without the prompt. */
  static List<String> of(String section) throws IOException {
    List<String> commands = new ArrayList<>();
    boolean inSection = false;
    boolean inBlock = false;
    StringBuilder command = new StringBuilder();
    for (String line : Files.readAllLines(ROOT.resolve("README.md"))) {
      if (line.startsWith("## ")) {
        inSection = line.equals("## " + section);
      } else if (inSection && line.startsWith("```")) {
        inBlock = line.equals("```console");
      } else if (inSection && inBlock && (line.startsWith("$ ") || !command.isEmpty())) {
        String part = line.replaceFirst("^\\$ ", "").strip();
        boolean goesOn = part.endsWith("\\");
        command.append(goesOn ? part.substring(0, part.length() - 1) : part);
        if (!goesOn) {
          commands.add(command.toString());
          command.setLength(0);
        }
      }
    }
    return commands;
  }
}
