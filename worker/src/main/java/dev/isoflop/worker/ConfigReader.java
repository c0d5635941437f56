package dev.isoflop.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.rules.BrokenRule;
import dev.isoflop.rules.ExperimentRules;
import dev.isoflop.rules.StatedBounds;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialKey;
import dev.isoflop.worker.fault.DiskFault;
import dev.isoflop.worker.fault.TrialFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a trial's configuration and refuses what can't run, before anything is spent. */
final class ConfigReader {
  private ConfigReader() {}

  /**
   * The configuration in a file.
   *
   * @throws TrialFault naming file, field, value and remedy
   */
  static TrialConfig read(Path file) throws TrialFault {
    try {
      TrialConfig config = TrialJson.MAPPER.readValue(Files.readAllBytes(file), TrialConfig.class);
      if (config == null) {
        throw bad(file + ": holds no object; give it a trial's configuration");
      }
      requirePresent(config);
      return config;
    } catch (NoSuchFileException e) {
      throw TrialFault.lasting(
          OutcomeReason.BadConfiguration,
          "no file '%s'%s; give the path of a trial's config.json"
              .formatted(
                  file,
                  file.isAbsolute()
                      ? ""
                      : " (looked from %s)".formatted(Path.of("").toAbsolutePath())),
          e);
    } catch (UnrecognizedPropertyException e) {
      throw TrialFault.lasting(
          OutcomeReason.BadConfiguration,
          "%s: %s: there is no such field; remove it, or use one of %s"
              .formatted(
                  file,
                  field(e),
                  e.getKnownPropertyIds().stream()
                      .map(String::valueOf)
                      .sorted()
                      .collect(Collectors.joining(", "))),
          e);
    } catch (JsonMappingException e) {
      // A file that is cut off in the middle of a value comes wrapped in where the value belongs.
      throw e.getCause() instanceof StreamReadException syntax
          ? noJson(file, syntax)
          : TrialFault.lasting(
              OutcomeReason.BadConfiguration,
              "%s: %s: %s; correct the value".formatted(file, field(e), e.getOriginalMessage()),
              e);
    } catch (JsonProcessingException e) {
      throw noJson(file, e);
    } catch (IOException e) {
      throw DiskFault.of(e, "reading " + file);
    }
  }

  private static TrialFault noJson(Path file, JsonProcessingException e) {
    return TrialFault.lasting(
        OutcomeReason.BadConfiguration,
        "%s: line %d, column %d: this is not JSON: %s; write the file again"
            .formatted(
                file,
                e.getLocation().getLineNr(),
                e.getLocation().getColumnNr(),
                e.getOriginalMessage()),
        e);
  }

  /** Where in the file, as people write it: {@code experiment.data.evaluation[0].uri}. */
  private static String field(JsonMappingException e) {
    String field =
        e.getPath().stream()
            .map(
                ref -> ref.getFieldName() == null ? "[" + ref.getIndex() + "]" : ref.getFieldName())
            .collect(Collectors.joining("."))
            .replace(".[", "[");
    return field.isEmpty() ? "top level" : field;
  }

  private static void requirePresent(TrialConfig config) throws TrialFault {
    require("namespace", config.namespace());
    require("sweep", config.sweep());
    require("trial", config.trial());
    require("key", config.key());
    require("experiment", config.experiment());
    require("runtime", config.runtime());
    require("runtime.folder", config.runtime().folder());
    refuse(StatedBounds.broken(config.experiment()));
  }

  private static void require(String field, @Nullable Object value) throws TrialFault {
    if (value == null) {
      throw bad(field + ": missing; every worker configuration has it");
    }
  }

  /** Checks what the types can't say. */
  static void check(TrialConfig config) throws TrialFault {
    TrialExperiment experiment = config.experiment();
    String key = TrialKey.of(experiment);
    if (!key.equals(config.key())) {
      throw bad(
          "key: '%s' is not the digest of the experiment, which is '%s'; the file was changed after it"
                  .formatted(config.key(), key)
              + " was planned: plan again");
    }
    positive("runtime.threads", config.runtime().threads());
    Double peakFlops = config.runtime().peakFlops();
    if (peakFlops != null) {
      positive("runtime.peakFlops", peakFlops);
    }
    int port = config.runtime().metricsPort();
    if (port < 0 || port > 65535) {
      throw bad("runtime.metricsPort: " + port + " is not a port; give 1 to 65535, or 0 for any");
    }
    shape(experiment);
    refuse(
        ExperimentRules.broken(experiment.data(), experiment.training(), experiment.evaluation()));
  }

  private static void shape(TrialExperiment experiment) throws TrialFault {
    TransformerShape shape = experiment.shape();
    same("imageSize", shape.imageSize(), "imageSize", experiment.data().imageSize());
    same("channels", shape.channels(), "channels", experiment.data().channels());
    same(
        "textTokens",
        shape.textTokens(),
        "textEncoder.tokens",
        experiment.data().textEncoder().tokens());
    same(
        "textWidth",
        shape.textWidth(),
        "textEncoder.width",
        experiment.data().textEncoder().width());
  }

  private static void same(String inShape, int a, String inData, int b) throws TrialFault {
    if (a != b) {
      throw bad(
          "experiment.shape.%s: %d, but experiment.data.%s is %d; make them equal"
              .formatted(inShape, a, inData, b));
    }
  }

  private static void refuse(List<BrokenRule> broken) throws TrialFault {
    if (!broken.isEmpty()) {
      throw bad("experiment." + broken.get(0).message());
    }
  }

  private static void positive(String field, double value) throws TrialFault {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw bad("%s: %s must be a positive number".formatted(field, value));
    }
  }

  private static TrialFault bad(String message) {
    return TrialFault.lasting(OutcomeReason.BadConfiguration, message);
  }
}
