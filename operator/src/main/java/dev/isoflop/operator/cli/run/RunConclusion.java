package dev.isoflop.operator.cli.run;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.cli.laws.LawSheet;
import dev.isoflop.operator.cli.laws.LawSheetText;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.Output;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.cli.text.Layout;
import dev.isoflop.operator.cli.text.Style;
import dev.isoflop.operator.local.run.DisplayState;
import dev.isoflop.operator.local.run.LocalOutcome;
import dev.isoflop.operator.local.run.SweepSnapshot;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.report.page.LeftOutSamples;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.operator.sweep.state.Hold;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialOutcome;
import io.fabric8.kubernetes.api.model.Condition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells how a run ended, writes its report if it came to an end, and chooses the exit status. */
final class RunConclusion {
  private final CliContext surroundings;
  private final Output output;
  private final Layout layout;
  private final List<String> arguments;

  /**
   * @param layout of the tables on standard output
   * @param arguments of the command that continues the run
   */
  RunConclusion(CliContext surroundings, Output output, Layout layout, List<String> arguments) {
    this.surroundings = surroundings;
    this.output = output;
    this.layout = layout;
    this.arguments = List.copyOf(arguments);
  }

  int of(LocalOutcome outcome) {
    if (outcome instanceof LocalOutcome.Finished finished) {
      return finished(finished.folder(), finished.last());
    }
    if (outcome instanceof LocalOutcome.Stopped stopped) {
      return stopped(stopped);
    }
    if (outcome instanceof LocalOutcome.Held held) {
      return held(held);
    }
    if (outcome instanceof LocalOutcome.Refused refused) {
      throw CommandException.badInput(refused.reasons());
    }
    LocalOutcome.Failed failed = (LocalOutcome.Failed) outcome;
    throw new CommandException(ExitStatus.TRY_AGAIN, List.of(failed.reason()), null);
  }

  private int stopped(LocalOutcome.Stopped stopped) {
    long ended = stopped.last().trials().size() - open(stopped.last());
    Console err = surroundings.err();
    String standing =
        "%d of %s ended"
            .formatted(ended, NumberFormat.several(stopped.last().trials().size(), "trial"));
    switch (stopped.why()) {
      case Requested -> {
        err.paragraph("stopped: ", Style.WARNING, standing + "; nothing is lost");
        err.print(command("continue with:"));
        soFar(stopped.folder(), stopped.last());
      }
      case Suspended -> {
        err.paragraph("suspended: ", Style.WARNING, standing + "; the manifest says suspend: true");
        err.print(command("set it to false and continue with:"));
      }
    }
    return switch (stopped.why()) {
      case Requested -> ExitStatus.STOPPED;
      case Suspended -> ExitStatus.TRY_AGAIN;
    };
  }

  private int held(LocalOutcome.Held held) {
    Hold hold = held.hold();
    long ended = held.last().trials().size() - open(held.last());
    problem(
        hold.common()
            ? "the first trials all failed alike: " + hold.message()
            : "%s: %s".formatted(hold.reason(), hold.message()));
    Console err = surroundings.err();
    err.paragraph(
        "",
        "%d of %s ended; the workers were stopped, nothing is charged or lost"
            .formatted(ended, NumberFormat.several(held.last().trials().size(), "trial")));
    err.print(command("fix that and continue with:"));
    soFar(held.folder(), held.last());
    return hold.common() ? ExitStatus.FAILED : ExitStatus.TRY_AGAIN;
  }

  /** The report in the folder, if any, is older than what has ended since. */
  private void soFar(SweepFolder folder, SweepSnapshot last) {
    if (last.trials().stream().anyMatch(trial -> trial.state() == DisplayState.Succeeded)) {
      Console err = surroundings.err();
      err.print(
          Paths.commandLines(
              "see what there is so far:",
              List.of("report", Paths.shown(folder.path())),
              err.layout()));
    }
  }

  private static long open(SweepSnapshot snapshot) {
    return snapshot.trials().stream()
        .filter(
            trial ->
                switch (trial.state()) {
                  case Waiting, Running, Stopping -> true;
                  case Succeeded, Excluded, Failed -> false;
                })
        .count();
  }

  private int finished(SweepFolder folder, SweepSnapshot last) {
    LawSheet sheet = LawSheet.of(last.status());
    List<Path> files = new ArrayList<>(List.of(folder.statusFile()));
    files.addAll(report(folder));
    Console out = surroundings.out();
    boolean succeeded = ConditionType.Succeeded.isTrue(last.status().conditions());
    if (output.forPeople()) {
      ScalingSweepSpec spec = last.sweep().getSpec();
      out.print(new LawSheetText(sheet, spec.laws().confidence(), layout).lines());
      out.print("");
      LeftOutSamples.ofResults(
              last.trials().stream().flatMap(trial -> trial.result().stream()).toList())
          .ifPresent(told -> out.paragraph("", told.sentence()));
      files.forEach(file -> out.print("wrote " + Paths.shown(file)));
    } else {
      out.print(output.document(document(sheet, folder, last, files)));
    }
    if (!succeeded) {
      problems(folder, last);
    }
    return succeeded ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  /** The trials are safe whatever becomes of the report, so its fault is told and no more. */
  private List<Path> report(SweepFolder folder) {
    try {
      return new RunReport(surroundings).write(folder, Paths.command(arguments));
    } catch (IOException e) {
      surroundings
          .err()
          .paragraph(
              "warning: ",
              Style.WARNING,
              "the report was not written to %s: %s; fix that and run: %s"
                  .formatted(
                      Paths.shown(folder.path()),
                      LocalFaultException.problem(e),
                      Paths.command(List.of("report", Paths.shown(folder.path())))));
      return List.of();
    }
  }

  private static RunSheet document(
      LawSheet sheet, SweepFolder folder, SweepSnapshot last, List<Path> files) {
    return new RunSheet(
        last.sweep().getMetadata().getName(),
        folder.path().toString(),
        files.stream().map(Path::toString).toList(),
        last.status().trials(),
        last.status().compute(),
        sheet);
  }

  private void problems(SweepFolder folder, SweepSnapshot last) {
    List<Condition> conditions = last.status().conditions();
    if (!ConditionType.Succeeded.isTrue(conditions)) {
      ConditionType.Succeeded.in(conditions).map(Condition::getMessage).ifPresent(this::problem);
    }
    if (ConditionType.Degraded.isTrue(conditions)) {
      ConditionType.Degraded.in(conditions).map(Condition::getMessage).ifPresent(this::problem);
    }
    last.trials().stream()
        .filter(trial -> trial.state() == DisplayState.Failed)
        .flatMap(trial -> trial.status().map(TrialStatus::outcome).stream())
        .findFirst()
        .ifPresent(outcome -> firstFailure(folder, outcome));
  }

  /** Most often the other trials failed for the same reason. */
  private void firstFailure(SweepFolder folder, TrialOutcome outcome) {
    String reason = outcome.reason() == null ? "" : outcome.reason() + ": ";
    String message = outcome.message() == null ? "its log may tell why" : outcome.message();
    problem("the first to fail says: " + reason + message);
    surroundings.err().print(wayOn(folder, outcome.reason()));
  }

  /** Commands that continue or repeat parts of the run, without training anything twice. */
  private List<String> wayOn(SweepFolder folder, @Nullable OutcomeReason reason) {
    if (reason != null && reason.mayBeMended()) {
      return command("fix that and look again, what succeeded is kept:");
    }
    if (reason == OutcomeReason.BadConfiguration) {
      return Paths.commandLines(
          "fix that and start over (this folder is kept):",
          Stream.concat(arguments.stream(), Stream.of("--fresh")).toList(),
          surroundings.err().layout());
    }
    Layout columns = surroundings.err().layout();
    List<String> lines =
        new ArrayList<>(
            columns.paragraph(
                "", "fix that, let what failed run again, and go on, what succeeded is kept:"));
    lines.addAll(Paths.commandLines(" ", List.of("retry", Paths.shown(folder.path())), columns));
    lines.addAll(command(" "));
    return lines;
  }

  /** Words before the command that continues the run, and it. */
  private List<String> command(String words) {
    return Paths.commandLines(words, arguments, surroundings.err().layout());
  }

  private void problem(String message) {
    Console err = surroundings.err();
    err.paragraph("error: ", Style.BAD, message);
  }
}
