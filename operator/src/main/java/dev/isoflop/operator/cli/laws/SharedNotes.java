package dev.isoflop.operator.cli.laws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Notes that hold for several things, each said once with the names of those. */
public final class SharedNotes {
  private final Map<String, Set<String>> holders = new LinkedHashMap<>();

  /**
   * Adds a note.
   *
   * @param name of what it holds for; empty if the note says that itself
   */
  public void add(String name, String note) {
    Set<String> names = holders.computeIfAbsent(note, key -> new LinkedHashSet<>());
    if (!name.isEmpty()) {
      names.add(name);
    }
  }

  /** The notes as {@code a, b: the note}, in the order in which they came. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    holders.forEach(
        (note, names) ->
            lines.add(names.isEmpty() ? note : String.join(", ", names) + ": " + note));
    return lines;
  }
}
