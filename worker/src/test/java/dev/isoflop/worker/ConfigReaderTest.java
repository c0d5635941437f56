package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialKey;
import dev.isoflop.worker.fault.TrialFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  private final Path file;
  private final String good;

  ConfigReaderTest(@TempDir Path folder) throws IOException {
    file = folder.resolve("config.json");
    good = TrialJson.MAPPER.writeValueAsString(SmallTrial.in(folder).config());
  }

  private TrialConfig read(String text) throws IOException, TrialFault {
    Files.writeString(file, text);
    return ConfigReader.read(file);
  }

  private AbstractThrowableAssert<?, ?> assertRefused(String text) {
    return assertThatThrownBy(() -> ConfigReader.check(withItsKey(read(text))))
        .isInstanceOfSatisfying(
            TrialFault.class,
            fault -> {
              assertThat(fault.exitCode()).isEqualTo(ExitCode.GIVE_UP);
              assertThat(fault.outcome().reason()).isEqualTo(OutcomeReason.BadConfiguration);
              assertThat(fault.message()).doesNotContain("\n");
            });
  }

  /** As a planner would have written it, so that what is refused is the value and not the key. */
  private static TrialConfig withItsKey(TrialConfig config) {
    return new TrialConfig(
        config.namespace(),
        config.sweep(),
        config.trial(),
        TrialKey.of(config.experiment()),
        config.experiment(),
        config.runtime());
  }

  private String changed(String text, String replacement) {
    assertThat(good).contains(text);
    return good.replace(text, replacement);
  }

  @Test
  void acceptsWhatAnOperatorWrites() throws Exception {
    ConfigReader.check(read(good));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "steps":1000|"steps":0|experiment.steps: is 0; give a number of at least 1
          "steps":1000|"steps":"soon"|experiment.steps: Cannot deserialize value of type `long` from String "soon"
          "steps":1000|"steps":null|experiment.steps: Cannot map `null` into type `long`
          "batchSize":4|"batchSize":-4|experiment.training.batchSize: is -4; give 1 to 1048576
          "samples":64|"samples":0|experiment.evaluation.samples: is 0; give 1 to 100000000
          "threads":1|"threads":0|runtime.threads: 0.0 must be a positive number
          "metricsPort":0|"metricsPort":70000|runtime.metricsPort: 70000 is not a port; give 1 to 65535, or 0 for any
          PT0.02S|10 min|experiment.training.checkpointInterval: is 10 min; give a positive ISO 8601 duration, such as PT10M or P1DT12H
          PT0.02S|PT-1S|experiment.training.checkpointInterval: is PT-1S; give a positive ISO 8601 duration, such as PT10M or P1DT12H
          "width":16|"width":17|experiment.shape: Cannot construct instance
          "InContext"|"Mamba"|experiment.shape.architecture: Cannot deserialize value of type
          "probes":1|"probes":-1|experiment.evaluation.likelihood.probes: is -1; give 0 to 1024
          "steps":32|"steps":0|experiment.evaluation.likelihood.steps: is 0; give 1 to 10000
          "solver":"Midpoint"|"solver":"Midpoint","samples":65|experiment.evaluation.likelihood.samples: is 65; give 1 to evaluation.samples, 64
          "ValidationLoss"|"FID"|experiment.evaluation.featureExtractor: FID and KID are named after a published network, and none is given; give type TorchScript
          "learningRate":0.003|"learningRate":0|experiment.training.optimizer.learningRate: 0.0 trains nothing; give a positive one, such as 1e-4
          "epsilon":1.0E-8|"epsilon":0|experiment.training.optimizer.epsilon: 0.0 divides zero by zero
          "textWidth":8|"textWidth":9|experiment.shape.textWidth: 9, but experiment.data.textEncoder.width is 8; make them equal
          "uri":"scenes:solid"|"url":"scenes:solid"|experiment.data.train.url: there is no such field; remove it, or use one of classNames, columns, format, latents, name, uri
          """)
  void refusesAValueByFieldWithTheWayOut(String text, String replacement, String message) {
    assertRefused(changed(text, replacement)).hasMessageContaining(message);
  }

  @Test
  void refusesAFileThatIsMissing() {
    Path missing = file.resolveSibling("none.json");
    assertThatThrownBy(() -> ConfigReader.read(missing))
        .isInstanceOf(TrialFault.class)
        .hasMessageContaining("no file '" + missing + "'")
        .hasMessageContaining("give the path of a trial's config.json");
  }

  @Test
  void refusesAFileWithoutAnObject() {
    assertRefused("null").hasMessage(file + ": holds no object; give it a trial's configuration");
  }

  @Test
  void refusesAMissingPartByName() {
    assertRefused(changed("\"sweep\":\"small\",", ""))
        .hasMessage("sweep: missing; every worker configuration has it");
  }

  @Test
  void refusesTextThatGoesOnAfterTheObject() {
    assertRefused(good + "}").hasMessageContaining("write the file again");
  }

  @Test
  void refusesAnExperimentThatWasChangedAfterItWasPlanned() {
    assertThatThrownBy(() -> ConfigReader.check(read(changed("\"steps\":1000", "\"steps\":1001"))))
        .isInstanceOf(TrialFault.class)
        .hasMessageStartingWith("key: '")
        .hasMessageEndingWith("the file was changed after it was planned: plan again");
  }
}
