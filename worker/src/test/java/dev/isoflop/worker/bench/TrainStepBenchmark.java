package dev.isoflop.worker.bench;

import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.worker.diffusion.RunSeed;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelArchive;
import dev.isoflop.worker.model.ModelPrecision;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.model.StepSettings;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Time of one training step without data loading, as CPU time of the training thread, so that it
 * can be measured on a busy machine; one thread. Prints resident memory along the way.
 *
 * <p>Arguments: width layers headDimension patchSize imageSize textTokens textWidth batchSize steps
 * precision(FP32|BF16) attention(fused|products)
 */
public final class TrainStepBenchmark {
  private TrainStepBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int[] n = Arrays.stream(arguments).limit(9).mapToInt(Integer::parseInt).toArray();
    TransformerShape shape =
        new TransformerShape(Architecture.InContext, n[1], n[0], n[2], n[3], n[4], 3, n[5], n[6]);
    ModelPrecision precision =
        new ModelPrecision(arguments[9].equals("BF16"), arguments[10].equals("fused"));
    TorchRuntime torch = TorchRuntime.start(1);
    try (PtNDManager manager = torch.newManager();
        DiffusionModel model =
            new DiffusionModel(
                manager, shape, ModelArchive.pack(shape, BenchTraining.SPEC, precision));
        ModelState state = model.initialState(new RunSeed(1))) {
      run(shape, n[7], n[8], model, state);
    }
  }

  private static void run(
      TransformerShape shape, int batch, int steps, DiffusionModel model, ModelState state)
      throws IOException {
    ByteBuffer pictures = random(batch * shape.channels() * shape.imageSize() * shape.imageSize());
    ByteBuffer features = random(batch * shape.textTokens() * shape.textWidth());
    double[] milliseconds = new double[steps];
    for (int step = 1; step <= steps; step++) {
      long began = cpuNanos();
      model.trainStep(
          state, pictures, features, new RunSeed(0), new StepSettings(step, 1e-3, 0.99));
      milliseconds[step - 1] = (cpuNanos() - began) * 1e-6;
      if (step % Math.max(1, steps / 5) == 0) {
        System.out.printf(Locale.ROOT, "step %d  resident %d MiB%n", step, residentMebibytes());
      }
    }
    Arrays.sort(milliseconds);
    double median = milliseconds[steps / 2];
    System.out.printf(
        Locale.ROOT,
        "%s batch %d: median %.3f ms, 10th percentile %.3f ms, %.1f GFLOP/s, %d parameters%n",
        shape,
        batch,
        median,
        milliseconds[steps / 10],
        shape.trainingFlops() * batch / median * 1e-6,
        shape.totalParameters());
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
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

  private static long residentMebibytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .map(line -> line.replaceAll("\\D", ""))
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElseThrow()
        / 1024;
  }
}
