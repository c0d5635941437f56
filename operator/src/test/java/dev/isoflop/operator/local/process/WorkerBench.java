package dev.isoflop.operator.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.operator.local.RealWorkers;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.operator.manifest.ManifestReader;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.SweepPlanner;
import dev.isoflop.operator.runtime.WorkerEnvironment;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialKey;
import dev.isoflop.trial.TrialResult;
import dev.isoflop.trial.TrialRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a worker process costs beside its training: its start, its memory over many steps, and what
 * several of them lose to each other.
 */
@Tag("bench")
class WorkerBench {
  private static final int ROUNDS = 5;
  private static final int STEPS = 10_000;
  private static final int WARM_UP = 1000;
  private static final Pattern STEP =
      Pattern.compile("^isoflop_step\\{[^}]*} (\\S+)$", Pattern.MULTILINE);

  /** Of its own, so that figures of one time stand beside those of another. */
  private static final String MANIFEST =
      """
      apiVersion: isoflop.dev/v1alpha1
      kind: ScalingSweep
      metadata: {name: bench}
      spec:
        budgets: [2e10, 5e10, 1.28e11]
        grid: {shapes: [{layers: 2, width: 16}, {layers: 2, width: 24}, {layers: 2, width: 32}]}
        model: {architecture: InContext, headDimension: 8, patchSize: 2}
        data:
          imageSize: 8
          channels: 1
          textEncoder: {type: Hashed, tokens: 8, width: 16}
          train: {name: scenes, uri: "scenes:solid", format: Scenes}
          evaluation:
            - {name: scenes, uri: "scenes:solid", format: Scenes}
            - {name: sketches, uri: "scenes:sketched", format: Scenes}
        training:
          batchSize: 32
          optimizer: {learningRate: 8e-3}
          schedule: {type: Constant, warmupFraction: 0.05}
          emaDecay: 0.99
          checkpointInterval: PT20S
        evaluation: {samples: 1024, metrics: [ValidationLoss]}
      """;

  private final Path runs;
  private WorkerProgram program;

  WorkerBench(@TempDir Path runs) {
    this.runs = runs;
  }

  @BeforeEach
  void findProgram() throws Exception {
    program = RealWorkers.program();
  }

  /** A trial of a small model, cut to a number of steps. */
  private TrialFolder trial(String name, long steps) throws Exception {
    return trial(name, steps, 24, 1);
  }

  private TrialFolder trial(String name, long steps, int width, int threads) throws Exception {
    ScalingSweep sweep = new ManifestReader().parse("bench", MANIFEST);
    TrialExperiment planned =
        ((PlanResult.Planned) new SweepPlanner().plan("bench", sweep.getSpec()))
            .plan().trials().stream()
                .map(trial -> trial.experiment())
                .filter(experiment -> experiment.shape().width() == 24)
                .findFirst()
                .orElseThrow();
    TrialExperiment experiment =
        new TrialExperiment(
            planned.budgetFlops(),
            planned.flopConvention(),
            wide(planned.shape(), width),
            steps,
            planned.repeat(),
            planned.data(),
            planned.training(),
            planned.evaluation());
    Path folder = Files.createDirectories(runs.resolve(name));
    TrialConfig config =
        new TrialConfig(
            "local",
            "bench",
            name,
            TrialKey.of(experiment),
            experiment,
            new TrialRuntime(folder.toString(), null, 0, threads, null));
    TrialJson.MAPPER.writeValue(folder.resolve(TrialFiles.CONFIG).toFile(), config);
    return new TrialFolder(name, folder);
  }

  private static TransformerShape wide(TransformerShape shape, int width) {
    return new TransformerShape(
        shape.architecture(),
        shape.layers(),
        width,
        shape.headDimension(),
        shape.patchSize(),
        shape.imageSize(),
        shape.channels(),
        shape.textTokens(),
        shape.textWidth());
  }

  private static Process start(WorkerProgram program, TrialFolder folder) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(program.command(folder)).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder.start();
  }

  @Test
  void startsAWorker() throws Exception {
    List<List<String>> flags =
        List.of(
            List.of("-XX:+UseG1GC"),
            List.of("-XX:+UseSerialGC", "-Xshare:auto"),
            List.of("-XX:+UseSerialGC", "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    assertThat(flags).contains(program.flags());
    double[][] firstStep = new double[flags.size()][ROUNDS];
    double[][] end = new double[flags.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < flags.size(); i++) {
        TrialFolder folder = trial("start-" + round + "-" + i, 1);
        WorkerProgram with = new WorkerProgram(program.java(), flags.get(i), program.program());
        long began = System.nanoTime();
        Process process = start(with, folder);
        try (BufferedReader log = process.inputReader()) {
          for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.startsWith("step 1/1 ")) {
              firstStep[i][round] = (System.nanoTime() - began) * 1e-9;
            }
          }
        }
        assertThat(process.waitFor()).isZero();
        end[i][round] = (System.nanoTime() - began) * 1e-9;
      }
    }
    for (int i = 0; i < flags.size(); i++) {
      System.out.printf(
          Locale.ROOT,
          "worker start %s: %.2f s to the first step done, %.2f s to the end of a trial of one step"
              + " (medians of %d)%n",
          "with "
              + String.join(" ", flags.get(i))
              + (flags.get(i).equals(program.flags()) ? " (as the product does)" : ""),
          median(firstStep[i]),
          median(end[i]),
          ROUNDS);
    }
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }

  @Test
  void keepsItsMemory() throws Exception {
    TrialFolder folder = trial("memory", STEPS);
    ProcessBuilder builder =
        new ProcessBuilder(program.command(folder))
            .redirectErrorStream(true)
            .redirectOutput(folder.file(TrialFiles.LOG).toFile());
    builder.environment().putAll(WorkerEnvironment.of(1));
    Process process = builder.start();
    List<double[]> samples = new ArrayList<>();
    while (process.isAlive() && !Files.exists(folder.file(TrialFiles.METRICS_PORT))) {
      Thread.sleep(10);
    }
    URI metrics =
        URI.create(
            "http://localhost:%s/metrics"
                .formatted(Files.readString(folder.file(TrialFiles.METRICS_PORT)).strip()));
    double step = 0;
    while (step < STEPS) {
      step = step(metrics);
      samples.add(new double[] {step, residentMebibytes(process.pid())});
      Thread.sleep(20);
    }
    assertThat(process.waitFor()).isZero();
    report(samples);
  }

  /** One worker with all cores against as many workers as there are cores, and against four. */
  @ParameterizedTest
  @CsvSource({"24, 1500", "128, 150"})
  void sharesTheMachine(int width, int steps) throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    int[] workers = {1, cores, 4};
    double[][] rates = new double[workers.length][3];
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < workers.length; i++) {
        int threads = workers[i] == 1 ? cores : 1;
        List<TrialFolder> folders = new ArrayList<>();
        for (int k = 0; k < workers[i]; k++) {
          folders.add(
              trial("share-%d-%d-%d-%d".formatted(width, round, i, k), steps, width, threads));
        }
        rates[i][round] = rate(folders, threads);
      }
    }
    for (int i = 0; i < workers.length; i++) {
      System.out.printf(
          Locale.ROOT,
          "width %d: %d workers of %d threads train %.0f samples a second, %.2f of the first line"
              + " (medians of 3)%n",
          width,
          workers[i],
          workers[i] == 1 ? cores : 1,
          median(rates[i]),
          median(rates[i]) / median(rates[0]));
    }
  }

  /** Samples a second that workers train together, while all of them do. */
  private double rate(List<TrialFolder> folders, int threads) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (TrialFolder folder : folders) {
      ProcessBuilder builder =
          new ProcessBuilder(program.command(folder))
              .redirectErrorStream(true)
              .redirectOutput(folder.file(TrialFiles.LOG).toFile());
      builder.environment().putAll(WorkerEnvironment.of(threads));
      processes.add(builder.start());
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    double rate = 0;
    for (TrialFolder folder : folders) {
      TrialResult result =
          TrialJson.MAPPER.readValue(folder.file(TrialFiles.RESULT).toFile(), TrialResult.class);
      rate += result.samples() / result.trainingSeconds();
    }
    return rate;
  }

  private static double step(URI metrics) throws IOException, InterruptedException {
    String body =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    Matcher matcher = STEP.matcher(body);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }

  private static double residentMebibytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  /** The line of least squares through what came after the warm-up. */
  private static void report(List<double[]> samples) {
    List<double[]> warm = samples.stream().filter(sample -> sample[0] >= WARM_UP).toList();
    assertThat(warm).hasSizeGreaterThan(5);
    double meanStep = warm.stream().mapToDouble(sample -> sample[0]).average().orElseThrow();
    double meanSize = warm.stream().mapToDouble(sample -> sample[1]).average().orElseThrow();
    double products = 0;
    double squares = 0;
    for (double[] sample : warm) {
      products += (sample[0] - meanStep) * (sample[1] - meanSize);
      squares += (sample[0] - meanStep) * (sample[0] - meanStep);
    }
    System.out.printf(
        Locale.ROOT,
        "worker memory: %.1f MiB resident at step %.0f, %.1f at step %.0f; slope %+.2f MiB per 1000"
            + " steps over %d samples%n",
        warm.get(0)[1],
        warm.get(0)[0],
        warm.get(warm.size() - 1)[1],
        warm.get(warm.size() - 1)[0],
        1000 * products / squares,
        warm.size());
  }
}
