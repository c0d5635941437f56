package dev.isoflop.operator.cli.data;

import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.gpu.CudaLibraries;
import dev.isoflop.operator.gpu.Gpu;
import dev.isoflop.operator.gpu.GpuException;
import dev.isoflop.operator.gpu.NativeFolder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows what workers on this machine can train on. */
@Command(
    name = "native",
    description = {
      "Show the GPUs of this machine and the libraries that workers train with.",
      "",
      "Workers for the CPU need nothing further. For NVIDIA GPUs they need libtorch 2.7.1 for CUDA:"
          + " isoflop native cuda fetches it, or isoflop run --libtorch names one."
    },
    exitCodeList = {"0:shown", "2:what is there cannot be used; the message says why"},
    footer = {"  isoflop native", "  isoflop native cuda"})
public final class NativeCommand implements Callable<Integer> {
  private final CliContext surroundings;

  public NativeCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try {
      Optional<CudaLibraries> libraries =
          CudaLibraries.find(Optional.empty(), surroundings.environment());
      List<Gpu> gpus = surroundings.gpus().all();
      Console out = surroundings.out();
      out.paragraph("libtorch for the CPU: ", "%s, built in".formatted(CudaLibraries.VERSION));
      out.paragraph(
          "libtorch for GPUs:    ",
          libraries
              .map(it -> "%s, in %s".formatted(it.version(), Paths.shown(it.folder())))
              .orElse(
                  "none; isoflop native cuda fetches it into "
                      + Paths.shown(NativeFolder.cuda(surroundings.environment()))));
      if (gpus.isEmpty()) {
        out.paragraph(
            "GPUs:                 ", "none; nvidia-smi, which comes with the driver, names none");
      }
      gpus.forEach(gpu -> out.paragraph("", "%s, %s".formatted(gpu.label(), gpu.uuid())));
      return ExitStatus.DONE;
    } catch (GpuException e) {
      throw CommandException.badInput(List.of(e.message()), e);
    }
  }
}
