package dev.isoflop.operator.cli.run;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.cli.plan.PlanSheet;
import dev.isoflop.operator.cli.plan.PlanText;
import dev.isoflop.operator.cli.progress.AnnouncedProgress;
import dev.isoflop.operator.cli.progress.LiveProgress;
import dev.isoflop.operator.cli.progress.PlainProgress;
import dev.isoflop.operator.cli.progress.RunProgress;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.Output;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.cli.shared.PositiveWhole;
import dev.isoflop.operator.cli.shared.TableWidth;
import dev.isoflop.operator.cli.shared.TerminalSize;
import dev.isoflop.operator.gpu.GpuException;
import dev.isoflop.operator.gpu.MachineGpus;
import dev.isoflop.operator.gpu.WorkerGpus;
import dev.isoflop.operator.local.run.CoreShare;
import dev.isoflop.operator.local.run.FinishedTrials;
import dev.isoflop.operator.local.run.LocalOptions;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.plan.SweepPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a sweep on this machine. */
@Command(
    name = "run",
    description = {
      "Run a sweep on this machine: train every model of its grid, fit the laws, write a report.",
      "",
      "Each trial is trained by a worker process of its own, as many at once as there are"
          + " processors. Everything is kept in DIR/<name of the sweep>: Ctrl-C, a killed worker or"
          + " a power cut lose minutes at most, and the same command goes on from there. The laws"
          + " are printed and stand in status.yaml, report.html, trials.csv and curves.csv."
    },
    exitCodeList = {
      "0:the sweep has ended and its laws are fitted",
      "1:it has ended without laws, or its first trials all failed alike; the conditions in"
          + " status.yaml say why",
      "2:the manifest cannot be run; each message names a field, its value and what to change",
      "75:this machine is in the way (folder in use, disk full, data missing or unreadable), or the"
          + " manifest says suspend; the same command goes on later",
      "130:stopped by Ctrl-C; the same command goes on"
    },
    footer = {
      "  isoflop run examples/quickstart.yaml",
      "  isoflop run sweep.yaml --parallel 2 --threads 4   # 2 workers of 4 threads each",
      "  isoflop run sweep.yaml --output json > laws.json  # progress: standard error"
    })
public final class RunCommand implements Callable<Integer> {
  private final CliContext surroundings;
  private final SweepRunner runner;
  private final DataLook look;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MANIFEST", description = "YAML file with one ScalingSweep.")
  private Path manifest;

  @Option(names = "--dir", paramLabel = "DIR", description = "Folder of all runs. Default: runs.")
  private Path runs = Path.of("runs");

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Workers at once. Default: as the processors allow.",
      converter = PositiveWhole.class)
  private @Nullable Integer parallel;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of each worker. Default: the processors, shared out.",
      converter = PositiveWhole.class)
  private @Nullable Integer threads;

  @Option(
      names = "--gpus",
      paramLabel = "WHICH",
      description =
          "GPUs, each for one worker: all, none, or their numbers or UUIDs, such as 0,1. Default:"
              + " all that are visible, once ./isoflop native cuda has fetched their libraries.")
  private @Nullable String gpus;

  @Option(
      names = "--libtorch",
      paramLabel = "FOLDER",
      description = "Libraries for GPUs that are here already: Python's torch 2.7.1 for CUDA 12.")
  private @Nullable Path libtorch;

  @Option(
      names = "--fresh",
      description = "Start over; an earlier run of the sweep is kept under another name.")
  private boolean fresh;

  @Mixin private final TableWidth width = new TableWidth();

  @Mixin private final Output output = new Output();

  public RunCommand(CliContext surroundings, SweepRunner runner, DataLook look) {
    this.surroundings = surroundings;
    this.runner = runner;
    this.look = look;
  }

  @Override
  public Integer call() {
    ManifestPlan planned = ManifestPlan.of(manifest, surroundings.clock().instant());
    MachineGpus.Answer machine = machine();
    LocalOptions options = options(planned, machine.gpus());
    SweepFolder folder = SweepFolder.of(runs, planned.plan().sweep());
    if (fresh || !FinishedTrials.areAllOf(planned.plan(), folder)) {
      look.requireUsable(manifest, planned.manifest());
    }
    Console console = output.told(surroundings);
    RunConclusion conclusion =
        new RunConclusion(surroundings, output, width.layout(surroundings.out()), arguments());
    RunProgress progress =
        new AnnouncedProgress(
            progress(console, planned.plan()),
            () -> {
              announce(planned, options, console);
              machine.notes().forEach(note -> console.paragraph("", note));
              GpuMemoryNote.of(planned.plan(), machine.gpus())
                  .ifPresent(note -> console.paragraph("", note));
            });
    try {
      return runner.run(
          planned.manifest(),
          options,
          progress,
          outcome -> {
            progress.end();
            return conclusion.of(outcome);
          });
    } catch (LocalFaultException e) {
      throw new CommandException(ExitStatus.FAILED, List.of(String.valueOf(e.getMessage())), e);
    }
  }

  private MachineGpus.Answer machine() {
    try {
      return surroundings.gpus().choose(gpus, libtorch);
    } catch (GpuException e) {
      throw CommandException.badInput(List.of(e.message()), e);
    }
  }

  /**
   * One worker to each GPU; on the CPU, with threads given, as many workers as the processors have
   * room for.
   */
  private LocalOptions options(ManifestPlan planned, WorkerGpus shared) {
    int processors = surroundings.processors();
    int perWorker = threads == null ? 1 : threads;
    int most = shared.used() ? shared.gpus().size() : Math.max(1, processors / perWorker);
    int asked = parallel == null ? most : parallel;
    if (shared.used() && asked > most) {
      throw CommandException.badInput(
          "--parallel: %d is more than there are GPUs to train on, %d, and each takes one worker; lower it, or train on the CPU with --gpus none"
              .formatted(asked, most));
    }
    LocalOptions options =
        LocalOptions.in(runs).withSlots(asked).withCores(processors).withGpus(shared);
    if (threads != null) {
      options = options.withCores(planned.slots(asked) * threads);
    }
    return options.withFresh(fresh);
  }

  private void announce(ManifestPlan planned, LocalOptions options, Console console) {
    CoreShare share =
        CoreShare.of(
            options.cores(),
            planned.manifest().getSpec().scheduling().maxParallel(),
            OptionalInt.of(options.slots().orElse(surroundings.processors())));
    PlanSheet sheet = PlanSheet.of(planned.planned(), share.slots());
    console.print(new PlanText(sheet, width.layout(console)).summary());
    console.print(
        width
            .layout(console)
            .paragraph(
                "",
                "%s FLOPs of training, %s at once with %s each, in %s"
                    .formatted(
                        NumberFormat.flops(sheet.totals().flops()),
                        NumberFormat.several(share.slots(), "worker"),
                        NumberFormat.several(share.threads(), "thread")
                            + (options.gpus().used() ? " and a GPU" : ""),
                        Paths.shown(SweepFolder.of(runs, planned.plan().sweep()).path()))));
    console.print("");
  }

  private RunProgress progress(Console console, SweepPlan plan) {
    return console.interactive()
        ? new LiveProgress(
            console.stream(),
            console.ink(),
            new TerminalSize(surroundings.clock(), surroundings.environment()),
            plan,
            surroundings.clock().instant())
        : new PlainProgress(console.stream(), plan, surroundings.clock().instant());
  }

  /** Arguments that continue this run, with all its options but the one that starts over. */
  private List<String> arguments() {
    return spec.root().commandLine().getParseResult().originalArgs().stream()
        .filter(word -> !word.equals("--fresh"))
        .toList();
  }
}
