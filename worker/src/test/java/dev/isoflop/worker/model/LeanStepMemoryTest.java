package dev.isoflop.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.worker.diffusion.RunSeed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the kernel says of a process's largest resident memory during one step. The process is one
 * of its own, for what other tests used before would hide what a step needs.
 */
class LeanStepMemoryTest {
  /** A file that sets the mark of the largest resident memory back to the present one. */
  private static final Path RESET = Path.of("/proc/self/clear_refs");

  private static final Path STATUS = Path.of("/proc/self/status");

  /** Surefire hides the class path in a jar, and tells it in a property of its own. */
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  /** Six blocks on 68 tokens; with a batch of 64 the activations are far larger than the model. */
  private static final TransformerShape SHAPE =
      new TransformerShape(Architecture.InContext, 6, 32, 16, 2, 16, 3, 3, 5);

  private static final int BATCH = 64;

  @Test
  void portionsAndBlocksComputedAgainNeedLessMemory() throws Exception {
    assumeTrue(Files.isWritable(RESET), RESET + " cannot be written here");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                CLASS_PATH,
                LeanStepMemoryTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
    double[] most =
        Arrays.stream(told.strip().split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    double both = most[0];
    double portions = most[1];
    double again = most[2];
    double whole = most[3];

    assertThat(whole).isGreaterThan(60);
    assertThat(both).isLessThan(whole / 4);
    assertThat(portions).isLessThan(whole / 3);
    assertThat(again).isLessThan(0.9 * whole);
  }

  /**
   * Prints MiB of a step: with both savings, in portions of an eighth, with blocks computed again,
   * and without either. The allocator keeps what was used once, so the mark is never set back
   * between the models: from the leanest on it is at least what the model at hand needs, and what
   * the largest one needs. Tensors this small lie between others' gaps in the heap: libtorch's own
   * count of what it holds falls from 220 to 62 MiB by computing blocks again at four times this
   * batch.
   */
  public static void main(String[] arguments) throws IOException {
    step(null, false, 1);
    System.gc();
    Files.writeString(RESET, "5", StandardOpenOption.WRITE);
    double before = largest();
    double both = step(8, true, BATCH) - before;
    double portions = step(8, false, BATCH) - before;
    double again = step(null, true, BATCH) - before;
    double whole = step(null, false, BATCH) - before;
    System.out.printf(Locale.ROOT, "%.1f %.1f %.1f %.1f%n", both, portions, again, whole);
  }

  /** MiB that the process has held at most, after a step of a new model. */
  private static double step(@Nullable Integer portion, boolean again, int batch)
      throws IOException {
    ByteBuffer pictures = TinyModel.normal(batch * 3 * 16 * 16, 11);
    ByteBuffer features = TinyModel.normal(batch * 3 * 5, 12);
    StepSettings settings = new StepSettings(1, 1e-3, 0.9);
    try (TinyModel tiny = TinyModel.lean(SHAPE, new ModelPrecision(false, true), portion, again);
        ModelState state = tiny.model.initialState(new RunSeed(1))) {
      tiny.model.trainStep(state, pictures, features, new RunSeed(5), settings);
    }
    return largest();
  }

  private static double largest() throws IOException {
    return Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024.0;
  }
}
