package dev.isoflop.operator.repository;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest of Isoflop as someone may copy it from a file: from a document's block, an annotation,
 * a comment.
 *
 * @param first its first line, counted from 1
 * @param last its last line
 * @param text without what every line of it begins with
 */
record WrittenManifest(Path file, int first, int last, String text) {
  private static final Pattern START =
      Pattern.compile("([ \\t]*(?:(?:[#*]|//)[ \\t]+)?)(- )?apiVersion: isoflop\\.dev/.*");
  private static final Pattern END = Pattern.compile("---.*|```.*|}?</pre>.*");

  /** All of a file, in their order. */
  static List<WrittenManifest> in(Path file, String content) {
    List<String> lines = content.lines().toList();
    List<WrittenManifest> found = new ArrayList<>();
    for (int first = 0; first < lines.size(); first++) {
      Matcher start = START.matcher(lines.get(first));
      if (start.matches()) {
        String margin = start.group(1) + (start.group(2) == null ? "" : "  ");
        List<String> own = new ArrayList<>();
        own.add(lines.get(first).substring(lines.get(first).indexOf("apiVersion")));
        for (int i = first + 1; i < lines.size() && isIn(lines.get(i), margin); i++) {
          own.add(lines.get(i).substring(Math.min(margin.length(), lines.get(i).length())));
        }
        found.add(new WrittenManifest(file, first + 1, first + own.size(), String.join("\n", own)));
      }
    }
    return found;
  }

  private static boolean isIn(String line, String margin) {
    boolean blank = line.isBlank() || line.equals(margin.stripTrailing());
    return blank
        || (line.startsWith(margin) && !END.matcher(line.substring(margin.length())).matches());
  }

  boolean holds(Path path, int line) {
    return file.equals(path) && first <= line && line <= last;
  }

  boolean isSweep() {
    return text.lines().anyMatch(line -> line.matches("kind: *\"?ScalingSweep\"?.*"));
  }

  @Override
  public String toString() {
    return file + ":" + first;
  }
}
