package dev.isoflop.worker.model;

import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The trial's own TorchScript around a velocity that is known in closed form, on pictures of one
 * channel: a file of the tests stands in the place of the architecture.
 */
public final class AnalyticFlow implements AutoCloseable {
  /**
   * Gaussian data, for {@code gaussian.py}. Of the elements, counted row by row within a patch and
   * patches row by row, those of even number have one deviation and the others another.
   *
   * @param mean of every element under an empty caption
   * @param gain what the mean of a caption's features adds to it, times
   * @param mixed whether the data are reflected, so that the elements depend on each other
   */
  public record Gaussian(double mean, double gain, double even, double odd, boolean mixed) {
    /** All elements alike and independent, whatever the caption. */
    public static Gaussian of(double mean, double deviation) {
      return new Gaussian(mean, 0, deviation, deviation, false);
    }

    private float[] settings() {
      return new float[] {(float) mean, (float) gain, (float) even, (float) odd, mixed ? 1 : 0};
    }
  }

  public static final int SIZE = 8;

  /** Elements of a picture. */
  public static final int ELEMENTS = SIZE * SIZE;

  public static final int TEXT_TOKENS = 2;
  public static final int TEXT_WIDTH = 3;

  public static final TransformerShape SHAPE =
      new TransformerShape(Architecture.InContext, 1, 16, 8, 4, SIZE, 1, TEXT_TOKENS, TEXT_WIDTH);

  private final PtNDManager manager;
  public final DiffusionModel model;

  /** Its average weights hold the settings; its raw weights are zero and would show. */
  public final ModelState state;

  private AnalyticFlow(String file, float... settings) {
    manager = TorchRuntime.start(1).newManager();
    model =
        new DiffusionModel(
            manager,
            SHAPE,
            ModelArchive.pack(
                source(file), SHAPE, TinyModel.training(1, 0), new ModelPrecision(false, true)));
    state = model.emptyState();
    ByteBuffer bytes = TinyModel.direct(settings.length);
    bytes.asFloatBuffer().put(settings);
    model.restore(state, ModelState.Section.AVERAGE, state.inventory().decayed(), bytes);
  }

  /** The optimal velocity of Gaussian data. */
  public static AnalyticFlow of(Gaussian data) {
    return new AnalyticFlow("gaussian.py", data.settings());
  }

  /** v = 2 cos(2 t) x. */
  public static AnalyticFlow wave() {
    return new AnalyticFlow("wave.py", 0);
  }

  private static String source(String file) {
    String name = "/dev/isoflop/worker/torchscript/" + file;
    try (InputStream stream = AnalyticFlow.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Features of captions that all have this mean. */
  public static ByteBuffer captions(int count, double mean) {
    ByteBuffer features = TinyModel.direct(count * TEXT_TOKENS * TEXT_WIDTH);
    while (features.hasRemaining()) {
      features.putFloat((float) mean);
    }
    return features.flip();
  }

  @Override
  public void close() {
    state.close();
    model.close();
    manager.close();
  }
}
