package dev.isoflop.operator.local.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.trial.TerminationMessage;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A trial's folder as the sweep uses it: the trial's resource and attempt are the sweep's to write,
 * its results and checkpoints the worker's.
 *
 * @param name of the trial
 */
public record TrialFolder(String name, Path path) {
  /** The trial's resource with its status. */
  public static final String TRIAL = "trial.yaml";

  /** Which process runs the newest attempt. */
  public static final String ATTEMPT = "attempt.json";

  /** File with the end of the newest attempt, in the worker's words. */
  public static final String TERMINATION = "termination.json";

  private static final long LOG_BYTES = 8L << 20;
  private static final List<String> SIGNS_OF_LIFE =
      List.of(TrialFiles.CURVE, TrialFiles.LOG, TrialFiles.CHECKPOINT, TrialFiles.METRICS_PORT);

  public Path file(String file) {
    return path.resolve(file);
  }

  public WorkerLog log() {
    return new WorkerLog(file(TrialFiles.LOG), LOG_BYTES);
  }

  public void create() throws LocalFaultException {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw LocalFaultException.writing(path, e);
    }
  }

  /**
   * The trial as last stored. A file that cannot be understood is put aside, as the trial's other
   * files tell what matters.
   */
  public Optional<Trial> trial(Consumer<String> notice) throws LocalFaultException {
    return StateFile.read(file(TRIAL), file -> ResourceYaml.read(file, Trial.class), notice)
        .filter(trial -> trial.getSpec() != null);
  }

  /** Stores the trial as it is shown; what its worker needs of secrets stands in its config. */
  public void write(Trial trial) throws LocalFaultException {
    RunFile.write(file(TRIAL), ResourceYaml.shown(trial));
  }

  /**
   * The result that the trial's workers left, or else the words with which the last attempt ended.
   * Results of another experiment, or damaged ones, are put aside.
   */
  public Optional<TrialResult> result(String key, Consumer<String> notice)
      throws LocalFaultException {
    Optional<TrialResult> result =
        result(
            TrialFiles.RESULT,
            path -> TrialJson.MAPPER.readValue(Files.readAllBytes(path), TrialResult.class),
            key,
            notice);
    return result.isPresent()
        ? result
        : result(TERMINATION, path -> TerminationMessage.read(Files.readString(path)), key, notice);
  }

  private Optional<TrialResult> result(
      String file, StateFile.Reader<TrialResult> reader, String key, Consumer<String> notice)
      throws LocalFaultException {
    return StateFile.read(
        file(file),
        path -> {
          TrialResult result = reader.read(path);
          if (result == null || result.outcome() == null || result.outcome().type() == null) {
            throw new IOException("no outcome stands in it");
          }
          if (!key.equals(result.key())) {
            throw new IOException(
                "it belongs to experiment " + result.key() + " and not to " + key);
          }
          return result;
        },
        notice);
  }

  public Optional<AttemptRecord> attempt(Consumer<String> notice) throws LocalFaultException {
    return StateFile.read(file(ATTEMPT), AttemptRecord::read, notice);
  }

  public void write(AttemptRecord attempt) throws LocalFaultException {
    try {
      RunFile.writeForNow(file(ATTEMPT), attempt.json());
    } catch (IOException e) {
      throw LocalFaultException.writing(file(ATTEMPT), e);
    }
  }

  /** Makes the folder ready for another attempt: what the last one said of itself goes. */
  public void prepare(TrialConfig config) throws LocalFaultException {
    for (String stale : List.of(TrialFiles.RESULT, TERMINATION, TrialFiles.METRICS_PORT, ATTEMPT)) {
      try {
        Files.deleteIfExists(file(stale));
      } catch (IOException e) {
        throw LocalFaultException.writing(file(stale), e);
      }
    }
    try {
      RunFile.writePrivateForNow(
          file(TrialFiles.CONFIG),
          TrialJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(config));
    } catch (IOException e) {
      throw LocalFaultException.writing(file(TrialFiles.CONFIG), e);
    }
  }

  /** UUID of the GPU that the newest attempt's configuration names; empty if it names none. */
  public Optional<String> device() {
    try {
      return Optional.of(
              TrialJson.MAPPER
                  .readTree(Files.readAllBytes(file(TrialFiles.CONFIG)))
                  .at("/runtime/accelerator/device")
                  .asText(""))
          .filter(device -> !device.isEmpty());
    } catch (IOException notWrittenYet) {
      return Optional.empty();
    }
  }

  /** The port of the worker's metrics; empty until the worker has told it. */
  public OptionalInt metricsPort() {
    try {
      int port = Integer.parseInt(Files.readString(file(TrialFiles.METRICS_PORT), UTF_8).strip());
      return port > 0 && port < 1 << 16 ? OptionalInt.of(port) : OptionalInt.empty();
    } catch (IOException | NumberFormatException notToldYet) {
      return OptionalInt.empty();
    }
  }

  /** When the trial's workers last wrote something; empty if they never did. */
  public Optional<Instant> lastSignOfLife() throws LocalFaultException {
    Optional<Instant> last = Optional.empty();
    for (String sign : SIGNS_OF_LIFE) {
      try {
        if (Files.exists(file(sign))) {
          FileTime time = Files.getLastModifiedTime(file(sign));
          last = last.filter(time.toInstant()::isBefore).or(() -> Optional.of(time.toInstant()));
        }
      } catch (IOException e) {
        throw LocalFaultException.reading(file(sign), e);
      }
    }
    return last;
  }
}
