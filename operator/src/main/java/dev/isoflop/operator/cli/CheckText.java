package dev.isoflop.operator.cli;

import dev.isoflop.operator.cli.text.Figures;
import dev.isoflop.operator.cli.text.Paragraph;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckReport.Broken;
import dev.isoflop.trial.DataCheckReport.SetReport;
import java.util.ArrayList;
import java.util.List;

/** What a check of data found, for people. */
final class CheckText {
  private CheckText() {}

  static List<String> lines(DataCheckReport report) {
    List<String> lines = new ArrayList<>();
    for (SetReport set : report.sets()) {
      lines.add("%s (%s): %s".formatted(set.field(), set.name(), found(set)));
      for (Broken broken : set.broken()) {
        lines.addAll(Paragraph.lines("  - ", broken.where() + ": " + broken.problem()));
      }
      long more = set.brokenSamples() - set.broken().size();
      if (more > 0) {
        lines.add("  - and %s more".formatted(Figures.whole(more)));
      }
      for (String note : set.notes()) {
        lines.addAll(Paragraph.lines("  note: ", note));
      }
    }
    long most = report.sets().stream().mapToLong(SetReport::brokenSamples).max().orElse(0);
    if (most > 0) {
      lines.add("");
      lines.addAll(
          Paragraph.lines(
              "",
              "Mend or remove what is broken. Or let trials leave it out, the same in all of them:"
                  + " spec.scheduling.failures.brokenSamples: "
                  + most));
    }
    return lines;
  }

  private static String found(SetReport set) {
    Long samples = set.samples();
    if (samples == null) {
      return set.uri().startsWith("scenes:") ? "drawn, nothing to read" : "not read";
    }
    return Figures.several(samples, "sample")
        + (set.brokenSamples() == 0
            ? ", all whole"
            : ", %s broken".formatted(Figures.whole(set.brokenSamples())));
  }
}
