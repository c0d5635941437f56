package dev.isoflop.operator.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code npm pack}, which downloads an archive and runs none of its code. */
final class NpmClient implements PackageClient {
  private static final int SHOWN_OUTPUT = 600;

  private final String command;
  private final Duration limit;

  /**
   * A client for one program.
   *
   * @param command the program to run, {@code npm}
   * @param limit how long one download may take
   */
  NpmClient(String command, Duration limit) {
    this.command = command;
    this.limit = limit;
  }

  @Override
  public Path fetch(PackagePin pin, Path folder) throws DatasetException, InterruptedException {
    Path log = folder.resolve("npm.log");
    int exit = run(pin, folder, log);
    Path archive = folder.resolve(pin.archiveName());
    if (exit != 0 || !Files.isRegularFile(archive)) {
      throw new DatasetException(
          "'%s pack %s' ended with exit code %d: %s"
              .formatted(command, pin.coordinate(), exit, endOf(log)),
          "check npm's registry and network settings, or " + readyRemedy(pin));
    }
    return archive;
  }

  private int run(PackagePin pin, Path folder, Path log)
      throws DatasetException, InterruptedException {
    List<String> arguments =
        List.of(command, "pack", pin.coordinate(), "--ignore-scripts", "--loglevel=error");
    Process process;
    try {
      process =
          new ProcessBuilder(arguments)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new DatasetException(
          "cannot run '" + command + "' (" + e.getMessage() + ")",
          "install Node.js, which brings npm, or " + readyRemedy(pin),
          e);
    }
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new DatasetException(
            "'%s pack %s' did not end within %d s"
                .formatted(command, pin.coordinate(), limit.toSeconds()),
            "check the network, or " + readyRemedy(pin));
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String readyRemedy(PackagePin pin) {
    return "fetch " + pin.archiveName() + " elsewhere and name it as a ready package";
  }

  private static String endOf(Path log) throws DatasetException {
    try {
      String output = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
      return output.substring(Math.max(0, output.length() - SHOWN_OUTPUT));
    } catch (IOException e) {
      throw new DatasetException("cannot read " + log, "check the disk", e);
    }
  }
}
