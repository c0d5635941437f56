package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.AcceleratorRequest;
import dev.isoflop.trial.TerminationMessage;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialKey;
import dev.isoflop.trial.TrialResult;
import dev.isoflop.trial.TrialRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A trial that trains for a second or two, with all its files in one folder. */
final class SmallTrial {
  static final int STEPS = 1000;
  static final String TRIAL = "small-1";
  private static final String TERMINATION_MESSAGE = "termination-log";
  private static final String ATTEMPT_TOKEN = "0123456789abcdef0123456789abcdef";

  private static final String EXPERIMENT =
      """
      {"budgetFlops": 1e9, "flopConvention": "Analytic", "steps": 1000, "repeat": 0,
       "shape": {"architecture": "InContext", "layers": 2, "width": 16, "headDimension": 8,
                 "patchSize": 2, "imageSize": 8, "channels": 1, "textTokens": 4, "textWidth": 8},
       "data": {"train": {"name": "scenes", "uri": "scenes:solid", "format": "Scenes"},
                "evaluation": [{"name": "scenes", "uri": "scenes:solid", "format": "Scenes"}],
                "imageSize": 8, "channels": 1, "textEncoder": {"tokens": 4, "width": 8}},
       "training": {"batchSize": 4, "optimizer": {"learningRate": 3e-3}, "emaDecay": 0.99,
                    "checkpointInterval": "PT0.02S"},
       "evaluation": {"samples": 64}}
      """;

  /** Where the trial's files lie. */
  final Path folder;

  private final String experiment;
  private final int port;
  private final @Nullable AcceleratorRequest accelerator;
  private final Map<String, String> environment;
  private final @Nullable Integer brokenSamples;
  private final @Nullable String dataFolder;

  private SmallTrial(
      Path folder,
      String experiment,
      int port,
      @Nullable AcceleratorRequest accelerator,
      Map<String, String> environment,
      @Nullable Integer brokenSamples,
      @Nullable String dataFolder) {
    this.folder = folder;
    this.experiment = experiment;
    this.port = port;
    this.accelerator = accelerator;
    this.environment = environment;
    this.brokenSamples = brokenSamples;
    this.dataFolder = dataFolder;
  }

  static SmallTrial in(Path folder) {
    return new SmallTrial(folder, EXPERIMENT, 0, null, Map.of(), null, null);
  }

  /** This trial with an accelerator set aside for it; null for none. */
  SmallTrial given(@Nullable AcceleratorRequest asked) {
    return new SmallTrial(folder, experiment, port, asked, environment, brokenSamples, dataFolder);
  }

  /** This trial with further environment variables of its worker. */
  SmallTrial where(Map<String, String> variables) {
    return new SmallTrial(
        folder, experiment, port, accelerator, variables, brokenSamples, dataFolder);
  }

  /** This trial with a piece of its experiment's text replaced. */
  SmallTrial with(String text, String replacement) {
    if (!experiment.contains(text)) {
      throw new IllegalArgumentException(text + ": does not stand in the experiment");
    }
    return new SmallTrial(
        folder,
        experiment.replace(text, replacement),
        port,
        accelerator,
        environment,
        brokenSamples,
        dataFolder);
  }

  /** This trial, trained and measured on tar shards. */
  SmallTrial onShards(String train, String evaluation) {
    return with(
            "\"train\": {\"name\": \"scenes\", \"uri\": \"scenes:solid\", \"format\": \"Scenes\"}",
            "\"train\": {\"name\": \"a\", \"uri\": \"%s\", \"format\": \"WebDataset\"}"
                .formatted(train))
        .with(
            "{\"name\": \"scenes\", \"uri\": \"scenes:solid\", \"format\": \"Scenes\"}",
            "{\"name\": \"b\", \"uri\": \"%s\", \"format\": \"WebDataset\"}".formatted(evaluation));
  }

  SmallTrial onPort(int metricsPort) {
    return new SmallTrial(
        folder, experiment, metricsPort, accelerator, environment, brokenSamples, dataFolder);
  }

  /** This trial where so many samples of each set may be broken. */
  SmallTrial bearing(int samples) {
    return new SmallTrial(folder, experiment, port, accelerator, environment, samples, dataFolder);
  }

  /** This trial where relative paths start from a folder. */
  SmallTrial readingFrom(Path data) {
    return new SmallTrial(
        folder, experiment, port, accelerator, environment, brokenSamples, data.toString());
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** The configuration as an operator would write it. */
  TrialConfig config() throws IOException {
    TrialExperiment read = TrialJson.MAPPER.readValue(experiment, TrialExperiment.class);
    return new TrialConfig(
        "local",
        "small",
        TRIAL,
        TrialKey.of(read),
        read,
        new TrialRuntime(
            folder.toString(),
            file(TERMINATION_MESSAGE).toString(),
            port,
            /* threads= */ 1,
            null,
            null,
            accelerator,
            brokenSamples,
            dataFolder,
            ATTEMPT_TOKEN));
  }

  /** Starts a worker on it. */
  WorkerProcess start() throws IOException {
    Files.createDirectories(folder);
    Path config = file(TrialFiles.CONFIG);
    TrialJson.MAPPER.writeValue(config.toFile(), config());
    return WorkerProcess.start(environment, folder, config.toString());
  }

  /** Runs a worker to its end. */
  WorkerProcess run() throws IOException, InterruptedException {
    try (WorkerProcess worker = start()) {
      worker.awaitEnd();
      return worker;
    }
  }

  TrialResult result() throws IOException {
    return TrialJson.MAPPER.readValue(file(TrialFiles.RESULT).toFile(), TrialResult.class);
  }

  /** What Kubernetes would find. */
  TrialResult terminationMessage() throws IOException {
    TerminationMessage.Content content =
        TerminationMessage.content(Files.readString(file(TERMINATION_MESSAGE)));
    assertThat(content.token()).as("token of the attempt").isEqualTo(ATTEMPT_TOKEN);
    return content.result();
  }

  long terminationMessageBytes() throws IOException {
    return Files.size(file(TERMINATION_MESSAGE));
  }

  /** The rows of the curve without their last column, the time. */
  List<String> curve() throws IOException {
    return Files.readAllLines(file(TrialFiles.CURVE)).stream()
        .map(row -> row.substring(0, row.lastIndexOf(',')))
        .toList();
  }

  Path checkpoint(long step) {
    return file(TrialFiles.CHECKPOINT).resolve("step-%012d.checkpoint".formatted(step));
  }

  /** The steps of which there are checkpoints, ascending. */
  List<Long> checkpoints() throws IOException {
    if (!Files.isDirectory(file(TrialFiles.CHECKPOINT))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(file(TrialFiles.CHECKPOINT))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".checkpoint"))
          .map(name -> Long.parseLong(name.replaceAll("\\D", "")))
          .sorted()
          .toList();
    }
  }

  /** Step of the newest checkpoint, 0 if there is none. */
  long newestCheckpoint() throws IOException {
    List<Long> steps = checkpoints();
    return steps.isEmpty() ? 0 : steps.get(steps.size() - 1);
  }
}
