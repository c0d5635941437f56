package dev.isoflop.operator.cli.laws;

import dev.isoflop.operator.cli.text.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Labels of sweeps in the headings of tables: names where there is room, else letters. */
final class SweepLabels {
  private static final int LONGEST_HEADING = 12;
  private static final int LETTERS = 26;

  private final List<String> sweeps;
  private final Map<String, String> labels = new HashMap<>();
  private final boolean lettered;

  SweepLabels(List<String> sweeps, Layout layout) {
    this.sweeps = List.copyOf(sweeps);
    boolean fit = sweeps.stream().allMatch(name -> name.length() <= LONGEST_HEADING);
    lettered = !fit && layout.columns() != Layout.UNBOUNDED;
    // a sweep may itself be called by a letter
    boolean letters =
        sweeps.size() <= LETTERS && sweeps.stream().noneMatch(name -> name.length() == 1);
    for (int i = 0; i < sweeps.size(); i++) {
      String letter = letters ? Character.toString('A' + i) : "S" + (i + 1);
      labels.put(sweeps.get(i), lettered ? letter : sweeps.get(i));
    }
  }

  /** The name, or the letter for it. */
  String of(String sweep) {
    return labels.getOrDefault(sweep, sweep);
  }

  /** The name, with the letter if it has one. */
  String introduced(String sweep) {
    return lettered ? "%s (%s)".formatted(sweep, of(sweep)) : sweep;
  }

  /** Which letter is which sweep, as {@code A: first; B: second}; empty where names are used. */
  String legend() {
    List<String> parts = new ArrayList<>();
    if (lettered) {
      sweeps.forEach(sweep -> parts.add(of(sweep) + ": " + sweep));
    }
    return String.join("; ", parts);
  }
}
