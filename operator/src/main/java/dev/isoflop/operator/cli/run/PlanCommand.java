package dev.isoflop.operator.cli.run;

import dev.isoflop.operator.admission.PodTemplates;
import dev.isoflop.operator.cli.plan.PlanSheet;
import dev.isoflop.operator.cli.plan.PlanText;
import dev.isoflop.operator.cli.progress.LaunchWindowText;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.Output;
import dev.isoflop.operator.cli.shared.PositiveWhole;
import dev.isoflop.operator.cli.shared.TableWidth;
import dev.isoflop.operator.plan.PlanError;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a manifest would train, before anything is spent. */
@Command(
    name = "plan",
    description = {
      "Show what a manifest would train and what that costs, without starting anything.",
      "",
      "For each budget: the model sizes around the optimum that the grid's prior expects, the steps"
          + " that reach the budget, and the samples and tokens they take. Costs are FLOPs; how"
          + " long they take depends on the machine and is not guessed.",
      "",
      "The data is looked at, too, in seconds: files, the first sample of each set, encoders."
          + " \"isoflop data check\" reads every sample."
    },
    exitCodeList = {
      "0:the manifest can be run",
      "2:it cannot; each message names a field, its value and what to change",
      "75:it can, but some data could not be read this time"
    },
    footer = {
      "  isoflop plan examples/quickstart.yaml",
      "  isoflop plan sweep.yaml --parallel 8 --output json"
    })
public final class PlanCommand implements Callable<Integer> {
  private final CliContext surroundings;
  private final DataLook look;

  @Parameters(paramLabel = "MANIFEST", description = "YAML file with one ScalingSweep.")
  private Path manifest;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Trials at once. Default: the processors of this machine.",
      converter = PositiveWhole.class)
  private @Nullable Integer parallel;

  @Mixin private final TableWidth width = new TableWidth();

  @Mixin private final Output output = new Output();

  @Option(
      names = "--no-data",
      description =
          "Do not look at the data, as for a sweep whose data is where this machine does not see"
              + " it.")
  private boolean withoutData;

  public PlanCommand(CliContext surroundings, DataLook look) {
    this.surroundings = surroundings;
    this.look = look;
  }

  @Override
  public Integer call() {
    ManifestPlan planned = ManifestPlan.of(manifest, surroundings.clock().instant());
    int asked = parallel == null ? surroundings.processors() : parallel;
    PlanSheet sheet = PlanSheet.of(planned.planned(), planned.slots(asked));
    Console out = surroundings.out();
    out.print(
        output.forPeople()
            ? new PlanText(sheet, width.layout(out)).lines()
            : output.document(sheet));
    if (!planned.window().open()) {
      surroundings
          .err()
          .note(
              "no trial starts now: "
                  + LaunchWindowText.closed(
                      planned.manifest().getSpec().scheduling().window(),
                      planned.window(),
                      surroundings.clock().instant()));
    }
    for (PlanError refusal :
        PodTemplates.leftToInstallations(planned.manifest().getSpec().scheduling().podTemplate())) {
      surroundings
          .err()
          .note("an operator refuses this unless it was set up to allow it: " + refusal.message());
    }
    if (!withoutData) {
      look.requireUsable(
          manifest,
          planned.manifest(),
          "if the data is where this machine does not see it, plan with --no-data");
    }
    return ExitStatus.DONE;
  }
}
