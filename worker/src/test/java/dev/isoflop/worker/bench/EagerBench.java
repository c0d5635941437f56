package dev.isoflop.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelArchive;
import dev.isoflop.worker.model.ModelPrecision;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.model.StepSettings;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A training step of the worker against one of eager PyTorch ({@code worker/bench/eager.py}) with
 * the same model, batch and threads, in turn in one run; and its share of the rate at which the
 * same libtorch multiplies two matrices of 1024 x 1024. Needs a Python with PyTorch of the worker's
 * libtorch version: {@code ISOFLOP_PYTHON}, else {@code python3}. Isoflop starts workers with the
 * allocator settings that the command in docs/performance.md gives to this bench.
 */
@Tag("bench")
final class EagerBench {
  private static final int ROUNDS = 11;

  /** Width, layers, batch: 256 image tokens, 32 text tokens and the time. */
  @ParameterizedTest
  @CsvSource({
    "64,4,16,1,false", "64,4,16,1,true", "256,4,8,1,false", "256,4,8,1,true",
    "512,4,4,1,false", "512,4,4,1,true", "64,4,16,2,false", "64,4,16,2,true",
    "256,4,8,2,false", "256,4,8,2,true", "512,4,4,2,false", "512,4,4,2,true"
  })
  void takesNoLongerThanEagerPyTorch(
      int width, int layers, int batch, int threads, boolean bfloat16) throws Exception {
    TransformerShape shape =
        new TransformerShape(Architecture.InContext, layers, width, 64, 2, 32, 3, 32, 384);
    TorchRuntime torch = TorchRuntime.start(threads);
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    double[] products = new double[ROUNDS];
    try (Eager eager = Eager.start(configuration(shape, batch, threads, bfloat16));
        PtNDManager manager = torch.newManager();
        DiffusionModel model =
            new DiffusionModel(
                manager,
                shape,
                ModelArchive.pack(
                    shape, BenchTraining.SPEC, new ModelPrecision(bfloat16, !bfloat16)));
        ModelState state = model.initialState(new RunSeed(1))) {
      assertThat(eager.version).startsWith(torch.version());
      ByteBuffer pictures = random(batch * 3 * 32 * 32);
      ByteBuffer text = random(batch * 32 * 384);
      for (int round = -1; round < ROUNDS; round++) { // the first one warms up
        double step = ours(model, state, pictures, text, 4 * round + 5);
        double other = eager.ask("4");
        double product = eager.ask("product");
        if (round >= 0) {
          ours[round] = step;
          theirs[round] = other;
          products[round] = product;
        }
      }
    }
    double[] ratios = new double[ROUNDS];
    double[] shares = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      ratios[i] = ours[i] / theirs[i];
      shares[i] = shape.trainingFlops() * batch / ours[i] / products[i];
    }
    System.out.printf(
        Locale.ROOT,
        "| %d | %s | %d | %.0f ms | %.0f ms | %.2f (%.2f to %.2f) | %.0f %% |%n",
        width,
        bfloat16 ? "BF16" : "FP32",
        threads,
        median(ours) * 1e3,
        median(theirs) * 1e3,
        median(ratios),
        Arrays.stream(ratios).min().orElseThrow(),
        Arrays.stream(ratios).max().orElseThrow(),
        median(shares) * 100);
  }

  /** Seconds a step, of four. */
  private static double ours(
      DiffusionModel model, ModelState state, ByteBuffer pictures, ByteBuffer text, int first) {
    long began = System.nanoTime();
    for (int step = first; step < first + 4; step++) {
      model.trainStep(state, pictures, text, new RunSeed(0), new StepSettings(step, 1e-3, 0.99));
    }
    return (System.nanoTime() - began) * 1e-9 / 4;
  }

  private static Map<String, Object> configuration(
      TransformerShape shape, int batch, int threads, boolean bfloat16) {
    Map<String, Object> configuration = new HashMap<>();
    configuration.put("layers", shape.layers());
    configuration.put("width", shape.width());
    configuration.put("headDimension", shape.headDimension());
    configuration.put("patchSize", shape.patchSize());
    configuration.put("imageSize", shape.imageSize());
    configuration.put("channels", shape.channels());
    configuration.put("textTokens", shape.textTokens());
    configuration.put("textWidth", shape.textWidth());
    configuration.put("batch", batch);
    configuration.put("threads", threads);
    configuration.put("bfloat16", bfloat16);
    return configuration;
  }

  private static ByteBuffer random(int floats) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(floats * Float.BYTES).order(ByteOrder.nativeOrder());
    Random random = new Random(1);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) random.nextGaussian());
    }
    return bytes.flip().order(ByteOrder.nativeOrder());
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }

  /** The other side, a process that answers line by line. */
  private record Eager(Process process, PrintWriter to, BufferedReader from, String version)
      implements AutoCloseable {
    static Eager start(Map<String, Object> configuration) throws IOException {
      Path script = Path.of("bench/eager.py");
      String python = System.getenv().getOrDefault("ISOFLOP_PYTHON", "python3");
      assumeTrue(Files.exists(script), "runs in the worker's folder, beside bench/eager.py");
      Process process =
          new ProcessBuilder(python, script.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      PrintWriter to = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
      BufferedReader from =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      to.println(new ObjectMapper().writeValueAsString(configuration));
      String version = from.readLine();
      assumeTrue(version != null, python + " has no PyTorch; set ISOFLOP_PYTHON to one that has");
      return new Eager(process, to, from, version);
    }

    double ask(String what) throws IOException {
      to.println(what);
      return Double.parseDouble(from.readLine());
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
