package dev.isoflop.worker.pictures;

import dev.isoflop.api.v1alpha1.training.PicturesSpec;
import dev.isoflop.api.v1alpha1.training.Weights;
import dev.isoflop.common.DurableFile;
import dev.isoflop.trial.SampleSheet;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.ValueKind;
import dev.isoflop.worker.data.batch.Batch;
import dev.isoflop.worker.data.batch.BatchReader;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.fault.DiskFault;
import dev.isoflop.worker.fault.TrialFault;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.FlowSampler;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.train.StepCallback;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * Draws what the model makes of the first captions of the first evaluation set: during training,
 * and at its end. Always the same captions from the same noise, so that the drawings of a trial,
 * and those of a sweep, can be held against each other. Nothing of it enters the training's
 * numbers.
 */
public final class SamplePictures implements StepCallback {
  private final Path folder;
  private final FlowSampler sampler;
  private final Weights weights;
  private final ModelState state;
  private final ImageShape shape;
  private final ByteBuffer features;
  private final int count;
  private final int portion;
  private final SortedSet<Long> moments;

  private SamplePictures(
      Path folder,
      TrialExperiment experiment,
      DiffusionModel model,
      ModelState state,
      ImageShape shape,
      ByteBuffer features,
      int count,
      SortedSet<Long> moments) {
    this.folder = folder;
    this.state = state;
    this.shape = shape;
    this.features = features;
    this.count = count;
    this.moments = moments;
    sampler = new FlowSampler(model, experiment.evaluation().sampler());
    weights = experiment.evaluation().weights();
    portion = experiment.training().portion();
  }

  /**
   * Reads the captions and writes down what will be drawn; empty if there is nothing to show.
   *
   * @param folder the trial's
   * @param log is told why there are no pictures
   */
  public static Optional<SamplePictures> of(
      Path folder,
      TrialExperiment experiment,
      DataSources data,
      DiffusionModel model,
      ModelState state,
      Consumer<String> log)
      throws TrialFault, DataException, InterruptedException {
    PicturesSpec spec = experiment.evaluation().pictures();
    if (spec.count() == 0) {
      return Optional.empty();
    }
    Dataset set = data.evaluation().get(0);
    if (set.valueKind() != ValueKind.PIXELS) {
      log.accept("no pictures: %s holds latents, which show nothing".formatted(set.name()));
      return Optional.empty();
    }
    int count = Math.min(spec.count(), experiment.evaluation().samples());
    try (BatchReader reader =
        new BatchReader(
            set.evaluation(count),
            set.imageShape(),
            data.textEncoder(),
            BatchReader.Options.ofBatchSize(count))) {
      Batch batch = reader.next().orElseThrow();
      SortedSet<Long> moments = PictureMoments.of(experiment.steps(), spec.duringTraining());
      describe(folder, set.name(), batch.captions(), moments, experiment.steps());
      return Optional.of(
          new SamplePictures(
              folder,
              experiment,
              model,
              state,
              set.imageShape(),
              copy(batch.text()),
              count,
              moments));
    }
  }

  private static ByteBuffer copy(ByteBuffer text) {
    return ByteBuffer.allocateDirect(text.remaining())
        .order(ByteOrder.nativeOrder())
        .put(text.duplicate())
        .flip();
  }

  private static void describe(
      Path folder, String dataset, List<String> captions, SortedSet<Long> moments, long steps)
      throws TrialFault {
    List<SampleSheet.Drawing> drawings = new ArrayList<>();
    for (long step : moments) {
      drawings.add(new SampleSheet.Drawing(step, TrialFiles.samplesAt(step)));
    }
    drawings.add(new SampleSheet.Drawing(steps, TrialFiles.SAMPLES));
    SampleSheet sheet =
        new SampleSheet(dataset, captions, PictureGrid.columns(captions.size()), drawings);
    Path file = folder.resolve(TrialFiles.SAMPLE_SHEET);
    try {
      DurableFile.write(file, TrialJson.MAPPER.writeValueAsBytes(sheet));
    } catch (IOException e) {
      throw DiskFault.of(e, "writing " + file);
    }
  }

  @Override
  public void after(long step) throws TrialFault {
    if (moments.contains(step)) {
      draw(folder.resolve(TrialFiles.samplesAt(step)));
    }
  }

  /** Draws what the trained model makes of the captions. */
  public void drawEnd() throws TrialFault {
    draw(folder.resolve(TrialFiles.SAMPLES));
  }

  private void draw(Path file) throws TrialFault {
    float[] values = new float[count * shape.length()];
    int bytes = features.remaining() / count;
    for (int first = 0; first < count; first += portion) {
      int some = Math.min(portion, count - first);
      ByteBuffer text = features.slice(first * bytes, some * bytes);
      float[] part = sampler.sample(state, weights, text, some, first);
      System.arraycopy(part, 0, values, first * shape.length(), part.length);
    }
    try {
      DurableFile.write(file, PictureGrid.png(values, shape, count));
    } catch (IOException e) {
      throw DiskFault.of(e, "writing " + file);
    }
  }
}
