package dev.isoflop.worker.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isoflop.text.ShownText;
import dev.isoflop.trial.DataCheckMessage;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckRequest;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.cache.DataEnvironment;
import dev.isoflop.worker.data.open.DataPaths;
import dev.isoflop.worker.torch.TorchRuntime;
import dev.isoflop.worker.train.StopSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The worker as a checker of data: {@code check REQUEST}. It answers on standard output, one {@link
 * DataCheckMessage} as JSON a line, the report last, and ends with {@link ExitCode#DONE} whatever
 * the report says.
 */
public final class CheckProgram {
  private final PrintStream out;
  private final PrintStream log;
  private final StopSignal stop;

  public CheckProgram(PrintStream out, PrintStream log, StopSignal stop) {
    this.out = out;
    this.log = log;
    this.stop = stop;
  }

  /** Does what a file of a {@link DataCheckRequest} asks for. */
  public ExitCode run(Path file) {
    try {
      DataCheckRequest asked =
          TrialJson.MAPPER.readValue(Files.readAllBytes(file), DataCheckRequest.class);
      DataCheckRequest request = DataPaths.from(asked.dataFolder()).resolve(asked);
      DataEnvironment environment =
          DataEnvironment.ofProcess(() -> TorchRuntime.start(request.threads()));
      Optional<DataCheckReport> report =
          new DataCheck(request, environment, this::say, stop, System::nanoTime).run();
      if (report.isEmpty()) {
        return ExitCode.STOPPED;
      }
      say(DataCheckMessage.of(report.get()));
      return ExitCode.DONE;
    } catch (IOException | DataException e) {
      log.println(ShownText.message("error: " + file + ": " + e.getMessage()));
      return ExitCode.GIVE_UP;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.STOPPED;
    }
  }

  private synchronized void say(DataCheckMessage message) {
    try {
      out.println(TrialJson.MAPPER.writeValueAsString(message));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("messages can always be written", e);
    }
  }
}
