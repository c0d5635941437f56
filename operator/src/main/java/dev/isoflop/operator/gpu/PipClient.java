package dev.isoflop.operator.gpu;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs {@code pip download}, which takes the user's own index and proxy settings, checks the
 * digest, and runs no code of the package.
 */
final class PipClient {
  private static final Duration LIMIT = Duration.ofHours(2);
  private static final int SHOWN_OUTPUT = 600;

  private static final String REMEDY =
      "or install torch==%s elsewhere and name it with --libtorch".formatted(CudaLibraries.VERSION);

  /** Platforms of the wheels, whatever Python runs pip. */
  private static final List<String> PLATFORM =
      List.of(
          "--only-binary=:all:",
          "--implementation=cp",
          "--python-version=3.11",
          "--abi=cp311",
          "--abi=none",
          "--platform=manylinux_2_28_x86_64",
          "--platform=manylinux_2_17_x86_64",
          "--platform=manylinux2014_x86_64");

  private final String python;

  /**
   * A client.
   *
   * @param python path or name of Python
   */
  PipClient(String python) {
    this.python = python;
  }

  /** Says whether there is a pip, before anything is promised. */
  void requirePip(Path scratch) throws GpuException, InterruptedException {
    run(List.of("--version"), scratch, "install Python 3 with pip (python3-pip), " + REMEDY);
  }

  /**
   * Fetches a wheel whose digest is the pinned one.
   *
   * @param folder for it; what else lies there is overwritten
   * @return the file
   */
  Path fetch(Wheel wheel, Path folder) throws GpuException, InterruptedException {
    try {
      Path requirements = folder.resolve("requirements.txt");
      Files.writeString(requirements, wheel.requirement() + "\n");
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "download",
                  "--disable-pip-version-check",
                  "--no-cache-dir",
                  "--no-deps",
                  "--require-hashes",
                  "--progress-bar=off",
                  "--dest=" + folder,
                  "--requirement=" + requirements));
      arguments.addAll(PLATFORM);
      run(arguments, folder, "check the network and pip's index, " + REMEDY);
      try (Stream<Path> files = Files.list(folder)) {
        return files
            .filter(file -> file.toString().endsWith(".whl"))
            .findFirst()
            .orElseThrow(
                () ->
                    new GpuException(
                        "pip has fetched no wheel of " + wheel, "run the same command again"));
      }
    } catch (IOException e) {
      throw new GpuException(
          "%s cannot be used (%s)".formatted(folder, e.getMessage()),
          "check the folder and its disk",
          e);
    }
  }

  private void run(List<String> arguments, Path folder, String remedy)
      throws GpuException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(python, "-m", "pip"));
    words.addAll(arguments);
    Path log = folder.resolve("pip.log");
    Process process;
    try {
      process =
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    } catch (IOException e) {
      throw new GpuException(
          "'%s' cannot be run (%s)".formatted(python, e.getMessage()), remedy, e);
    }
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new GpuException(
            "pip %s did not end within %d minutes".formatted(arguments.get(0), LIMIT.toMinutes()),
            remedy);
      }
      if (process.exitValue() != 0) {
        throw new GpuException(
            "'%s -m pip %s' ended with exit code %d: %s"
                .formatted(python, arguments.get(0), process.exitValue(), endOf(log)),
            remedy);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static String endOf(Path log) {
    try {
      String output = new String(Files.readAllBytes(log), UTF_8).strip().replaceAll("\\s+", " ");
      return output.substring(Math.max(0, output.length() - SHOWN_OUTPUT));
    } catch (IOException e) {
      return "its output cannot be read (" + e.getMessage() + ")";
    }
  }
}
