package dev.isoflop.operator.cli.data;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.cli.text.Layout;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckReport.Broken;
import dev.isoflop.trial.DataCheckReport.SetReport;
import java.util.ArrayList;
import java.util.List;

/** Result of a data check, for people. */
final class CheckText {
  private CheckText() {}

  static List<String> lines(DataCheckReport report, Layout layout) {
    List<String> lines = new ArrayList<>();
    for (SetReport set : report.sets()) {
      lines.addAll(
          layout.paragraph("", "%s (%s): %s".formatted(set.field(), set.name(), found(set))));
      lines.addAll(listed(set.broken(), set.brokenSamples(), layout));
      lines.addAll(listed(set.damaged(), set.damagedFiles(), layout));
      for (String note : set.notes()) {
        lines.addAll(layout.paragraph("  note: ", note));
      }
    }
    List<String> advice = advice(report);
    if (!advice.isEmpty()) {
      lines.add("");
      advice.forEach(each -> lines.addAll(layout.paragraph("", each)));
    }
    return lines;
  }

  private static List<String> listed(List<Broken> faults, long count, Layout layout) {
    List<String> lines = new ArrayList<>();
    for (Broken fault : faults) {
      lines.addAll(layout.paragraph("  - ", fault.where() + ": " + fault.problem()));
    }
    long more = count - faults.size();
    if (more > 0) {
      lines.add("  - and %s more".formatted(NumberFormat.whole(more)));
    }
    return lines;
  }

  private static List<String> advice(DataCheckReport report) {
    List<String> advice = new ArrayList<>();
    long most = report.mostBroken();
    int allowed = report.brokenSamplesAllowed();
    if (most > 0 && most <= allowed) {
      advice.add(
          "What is broken is allowed for: trials leave it out, the same in all of them"
              + " (spec.scheduling.failures.brokenSamples: %s).".formatted(allowed));
    } else if (most > 0) {
      advice.add(
          "Mend or remove what is broken. Or let trials leave it out, the same in all of them:"
              + " spec.scheduling.failures.brokenSamples: %s".formatted(most)
              + (allowed == 0 ? "" : " (now %s)".formatted(allowed)));
    }
    if (report.damagedFiles() > 0) {
      advice.add(
          "Copy or make the damaged %s again: what stood behind the damage is lost, so no setting"
                  .formatted(report.damagedFiles() == 1 ? "file" : "files")
              + " lets trials leave it out.");
    }
    return advice;
  }

  private static String found(SetReport set) {
    Long samples = set.samples();
    if (samples == null) {
      return set.uri().startsWith("scenes:") ? "drawn, nothing to read" : "not read";
    }
    if (set.brokenSamples() == 0 && set.damagedFiles() == 0) {
      return NumberFormat.several(samples, "sample") + ", all whole";
    }
    return NumberFormat.several(samples, "sample")
        + (set.brokenSamples() == 0
            ? ""
            : ", %s broken".formatted(NumberFormat.whole(set.brokenSamples())))
        + (set.damagedFiles() == 0
            ? ""
            : ", %s damaged".formatted(NumberFormat.several(set.damagedFiles(), "file")));
  }
}
