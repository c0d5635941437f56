package dev.isoflop.operator.cli.data;

import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.gpu.CudaDownload;
import dev.isoflop.operator.gpu.CudaLibraries;
import dev.isoflop.operator.gpu.GpuException;
import dev.isoflop.operator.gpu.NativeFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Fetches the libraries by which workers train on NVIDIA GPUs. */
@Command(
    name = "cuda",
    description = {
      "Fetch libtorch for CUDA, for training on NVIDIA GPUs: 2.8 GB are downloaded, 4.4 GB stay on"
          + " disk.",
      "",
      "The libraries are those of the Python packages torch 2.7.1 and nvidia-*, held to pinned"
          + " digests, fetched by pip of the machine's python3; no Python is needed afterwards, and"
          + " none of their code runs. Their licences lie beside them. They go to"
          + " $ISOFLOP_CACHE/native, else ~/.cache/isoflop/native; an interrupted command goes on"
          + " where it was."
    },
    exitCodeList = {
      "0:fetched, or there already",
      "2:they cannot be fetched; the message says why",
      "130:stopped by Ctrl-C; the same command goes on"
    },
    footer = {"  isoflop native cuda", "  isoflop run sweep.yaml --gpus all"})
public final class NativeCudaCommand implements Callable<Integer> {
  private final CliContext surroundings;

  public NativeCudaCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Path folder = NativeFolder.cuda(surroundings.environment());
    boolean there = Files.exists(folder);
    Instant began = surroundings.clock().instant();
    try {
      CudaLibraries made = CudaDownload.to(folder, surroundings.err()::print).make();
      surroundings
          .out()
          .paragraph(
              "",
              "libtorch %s for GPUs is in %s%s"
                  .formatted(
                      made.version(),
                      Paths.shown(made.folder()),
                      there
                          ? " already"
                          : ", fetched in %d s"
                              .formatted(
                                  Duration.between(began, surroundings.clock().instant())
                                      .toSeconds())));
      return ExitStatus.DONE;
    } catch (GpuException e) {
      throw CommandException.badInput(List.of(e.message()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitStatus.STOPPED;
    }
  }
}
