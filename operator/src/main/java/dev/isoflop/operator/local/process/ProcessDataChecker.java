package dev.isoflop.operator.local.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.runtime.WorkerEnvironment;
import dev.isoflop.trial.DataCheckMessage;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckRequest;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.TrialJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Has a worker look at the data, in a process of its own: readers, decoders and encoders are the
 * worker's. The process ends with this one.
 */
public final class ProcessDataChecker implements DataChecker {
  private final WorkerProgram program;

  public ProcessDataChecker(WorkerProgram program) {
    this.program = program;
  }

  @Override
  public DataCheckReport check(
      DataCheckRequest request, Consumer<DataCheckMessage.Progress> progress)
      throws LocalFaultException, InterruptedException {
    Path folder;
    try {
      folder = Files.createTempDirectory("isoflop-check");
    } catch (IOException e) {
      throw LocalFaultException.writing(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
    Path asked = folder.resolve("request.json");
    Path log = folder.resolve("log");
    try {
      Files.write(asked, TrialJson.MAPPER.writeValueAsBytes(request));
      ProcessBuilder builder = new ProcessBuilder(program.command("check", asked.toString()));
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectError(log.toFile());
      builder.environment().putAll(WorkerEnvironment.of(request.threads()));
      return answer(builder.start(), log, progress);
    } catch (IOException e) {
      throw new LocalFaultException(
          "%s: the data cannot be looked at: %s; check that this Java and the worker's jar run here"
              .formatted(program.java(), LocalFaultException.problem(e)),
          e);
    } finally {
      remove(asked);
      remove(log);
      remove(folder);
    }
  }

  private static DataCheckReport answer(
      Process process, Path log, Consumer<DataCheckMessage.Progress> progress)
      throws IOException, LocalFaultException, InterruptedException {
    Thread hook = new Thread(process::destroy, "isoflop-stop-check");
    Runtime.getRuntime().addShutdownHook(hook);
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      Optional<DataCheckReport> report = Optional.empty();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<DataCheckMessage> message = message(line);
        message.map(DataCheckMessage::progress).ifPresent(progress);
        report = message.isEmpty() ? report : message.map(DataCheckMessage::report);
      }
      int status = process.waitFor();
      if (report.isPresent() && status == ExitCode.DONE.code()) {
        return report.get();
      }
      if (status == ExitCode.STOPPED.code()) {
        throw new InterruptedException("asked to stop");
      }
      throw new LocalFaultException(
          "looking at the data failed (status %d): %s".formatted(status, lastLine(log)));
    } finally {
      process.destroy();
      removeHook(hook);
    }
  }

  /** A line of the answer; libraries may print others. */
  private static Optional<DataCheckMessage> message(String line) {
    if (!line.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(TrialJson.MAPPER.readValue(line, DataCheckMessage.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static String lastLine(Path log) throws IOException {
    return Files.readAllLines(log, UTF_8).stream()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> line(second, first))
        .orElse("it said nothing");
  }

  /** The line that says what is wrong, which a stack trace may follow. */
  private static String line(String second, String first) {
    return first.startsWith("error: ") || second.startsWith("\tat ") ? first : second;
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It lies among temporary files, and nobody reads it.
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // It runs already, and the process it ends has ended.
    }
  }
}
