package dev.isoflop.operator.cli.run;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.GivenFile;
import dev.isoflop.operator.cli.shared.Output;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.local.run.RetryTrials;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.SweepFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets trials of a run that failed run again. */
@Command(
    name = "retry",
    description = {
      "Let trials of a run that failed run again, once the cause is fixed.",
      "",
      "They go on from their last checkpoints when the run is continued, with all their attempts"
          + " before them; nothing that succeeded is trained again. On a cluster the annotation"
          + " isoflop.dev/retry of a sweep or a trial does the same."
    },
    exitCodeList = {
      "0:marked; the command of the run continues it",
      "1:there is nothing to try again",
      "2:there is no run in the folder, or no such trial",
      "75:a run of the folder is going on, or its disk is full"
    },
    footer = {
      "  isoflop retry runs/quickstart                                    # all that failed",
      "  isoflop retry runs/quickstart quickstart-8e9-l2w8-7ae7d4         # this one"
    })
public final class RetryCommand implements Callable<Integer> {
  /** Names in a message, before the rest is only counted. */
  private static final int NAMED = 3;

  private final CliContext surroundings;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "Folder of a run, such as runs/quickstart.")
  private Path run;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TRIAL",
      description =
          "Trials to try again, whatever their outcome; without any, all that failed or did not fit"
              + " into memory.")
  private List<String> trials = new ArrayList<>();

  @Mixin private final Output output = new Output();

  public RetryCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    GivenFile.refuse(
        run,
        "give the folder of a run",
        GivenFile.Kind.MANIFEST,
        GivenFile.Kind.STATUS,
        GivenFile.Kind.LAWS,
        GivenFile.Kind.TABLE);
    RetryTrials.Answer answer;
    try {
      answer =
          new RetryTrials(
                  new SweepFolder(run), surroundings.clock().instant(), surroundings.err()::print)
              .mark(trials);
    } catch (LocalFaultException fault) {
      throw new CommandException(
          ExitStatus.TRY_AGAIN, List.of(String.valueOf(fault.getMessage())), fault);
    }
    if (answer instanceof RetryTrials.Answer.Refused refused) {
      throw CommandException.badInput(refused.reasons());
    }
    if (answer instanceof RetryTrials.Answer.NothingFailed nothing) {
      throw CommandException.failed(
          List.of("%s: nothing has failed: %s".formatted(Paths.shown(run), standing(nothing))));
    }
    tell(((RetryTrials.Answer.Again) answer).trials());
    return ExitStatus.DONE;
  }

  private String standing(RetryTrials.Answer.NothingFailed nothing) {
    int excluded = nothing.excluded().size();
    int all = nothing.succeeded() + excluded + nothing.open();
    List<String> parts = new ArrayList<>();
    parts.add(
        "%d of %s succeeded".formatted(nothing.succeeded(), NumberFormat.several(all, "trial")));
    if (excluded > 0) {
      parts.add(
          "%s excluded; to try one again name it: %s"
              .formatted(
                  String.join(", ", nothing.excluded().stream().limit(NAMED).toList())
                      + (excluded > NAMED
                          ? " and %d more are".formatted(excluded - NAMED)
                          : excluded == 1 ? " is" : " are"),
                  Paths.command(List.of("retry", Paths.shown(run), "TRIAL"))));
    }
    if (nothing.open() > 0) {
      parts.add(
          "%s not ended and %s with the command that started the run"
              .formatted(
                  nothing.open() == 1 ? "1 has" : nothing.open() + " have",
                  nothing.open() == 1 ? "goes on" : "go on"));
    }
    return String.join("; ", parts);
  }

  private void tell(List<String> again) {
    if (output.forPeople()) {
      again.forEach(trial -> surroundings.out().print("runs again: " + trial));
      surroundings.out().print("go on with the command that started the run");
    } else {
      surroundings.out().print(output.document(Map.of("trials", again)));
    }
  }
}
