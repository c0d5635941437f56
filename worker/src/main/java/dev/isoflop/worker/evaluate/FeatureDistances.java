package dev.isoflop.worker.evaluate;

import static java.util.Objects.requireNonNull;

import dev.isoflop.api.v1alpha1.data.FeatureExtractorSpec;
import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import dev.isoflop.metric.Metric;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.batch.Batch;
import dev.isoflop.worker.data.batch.BatchReader;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.evaluate.features.Distance;
import dev.isoflop.worker.evaluate.features.FeatureCollector;
import dev.isoflop.worker.evaluate.features.FeatureExtractor;
import dev.isoflop.worker.evaluate.features.FeatureFile;
import dev.isoflop.worker.evaluate.features.FeatureMath;
import dev.isoflop.worker.evaluate.features.FrechetDistance;
import dev.isoflop.worker.evaluate.features.KernelDistance;
import dev.isoflop.worker.evaluate.features.TorchScriptExtractor;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.FlowSampler;
import dev.isoflop.worker.model.ModelState;
import dev.isoflop.worker.train.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Distances between features of samples and of the evaluation set: FID, KID and the same two with
 * any network. One pass of sampling serves them all: as many samples as examples, one for each
 * example's caption, clamped and rounded to the levels that a file would hold.
 */
final class FeatureDistances implements SetMetric {
  private final TrialExperiment experiment;
  private final DiffusionModel model;
  private final EvaluationPlace place;
  private final StopSignal stop;
  private final Set<Metric> wanted;
  private final FeatureExtractorSpec extractorSpec;
  private final RealFeatures realFeatures;

  /** Measures those metrics of the experiment that compare features; there must be some. */
  FeatureDistances(
      TrialExperiment experiment, DiffusionModel model, EvaluationPlace place, StopSignal stop) {
    this.experiment = experiment;
    this.model = model;
    this.place = place;
    this.stop = stop;
    wanted = EnumSet.copyOf(experiment.evaluation().metrics());
    wanted.removeIf(metric -> !metric.comparesFeatures());
    extractorSpec = requireNonNull(experiment.evaluation().featureExtractor(), "featureExtractor");
    realFeatures = new RealFeatures(place, stop);
  }

  private EvaluationSet examined(Dataset set, DataSources data) {
    return new EvaluationSet(set, data, experiment.evaluation().samples());
  }

  private int batchSize() {
    return EvaluationSet.batchSize(experiment, experiment.evaluation().samples());
  }

  @Override
  public boolean rehearse(DataSources data) throws DataException, InterruptedException {
    try (FeatureExtractor extractor = TorchScriptExtractor.open(place.manager(), extractorSpec)) {
      for (Dataset set : data.evaluation()) {
        if (realFeatures.of(examined(set, data), extractor, batchSize()).isEmpty()) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("keeping features in " + place.cache(), e);
    }
  }

  @Override
  public Optional<List<Reading>> measure(ModelState state, Dataset set, DataSources data)
      throws DataException, InterruptedException {
    EvaluationSet examined = examined(set, data);
    Path file = place.scratch().resolve("samples.features");
    try (FeatureExtractor extractor = TorchScriptExtractor.open(place.manager(), extractorSpec)) {
      Optional<FeatureFile> real = realFeatures.of(examined, extractor, batchSize());
      if (real.isEmpty()) {
        return Optional.empty();
      }
      try (FeatureFile measured = real.get()) {
        if (!sample(state, examined, extractor, file)) {
          return Optional.empty();
        }
        MeasurementRecord record = record(examined, extractor, measured.dimensions());
        try (FeatureFile samples = FeatureFile.open(file)) {
          return Optional.of(readings(set, measured, samples, record));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("keeping features in " + file, e);
    } finally {
      delete(file);
    }
  }

  /** Whether it came to the end. */
  private boolean sample(
      ModelState state, EvaluationSet examined, FeatureExtractor extractor, Path file)
      throws DataException, IOException, InterruptedException {
    EvaluationSpec evaluation = experiment.evaluation();
    FlowSampler sampler = new FlowSampler(model, evaluation.sampler());
    int done = 0;
    try (BatchReader batches = examined.batches(batchSize());
        FeatureCollector collector =
            new FeatureCollector(place.manager(), extractor, examined.set().imageShape(), file)) {
      for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
        if (stop.requested()) {
          return false;
        }
        Batch batch = next.get();
        float[] pictures =
            sampler.sample(state, evaluation.weights(), batch.text(), batch.size(), done);
        collector.add(FloatBuffer.wrap(pictures), batch.size());
        done += batch.size();
      }
      collector.finish();
    }
    return true;
  }

  private List<Reading> readings(
      Dataset set, FeatureFile real, FeatureFile samples, MeasurementRecord record)
      throws IOException {
    int ddof = extractorSpec.ddof();
    MeasurementRecord frechetRecord = record.with("distance", "Frechet").with("ddof", ddof);
    MeasurementRecord kernelRecord =
        record
            .with("distance", "kernel (x'y / D + 1)^3, U-statistic of pairs")
            .with("blocks", KernelDistance.blocks(real.count()));
    List<Reading> readings = new ArrayList<>();
    try (FeatureMath math = new FeatureMath(place.manager())) {
      if (wanted.contains(Metric.FID) || wanted.contains(Metric.FrechetDistance)) {
        Distance distance = new FrechetDistance(math, ddof).between(real, samples);
        add(readings, Metric.FID, set, distance, frechetRecord);
        add(readings, Metric.FrechetDistance, set, distance, frechetRecord);
      }
      if (wanted.contains(Metric.KID) || wanted.contains(Metric.KernelDistance)) {
        Distance distance = new KernelDistance(math).between(real, samples);
        add(readings, Metric.KID, set, distance, kernelRecord);
        add(readings, Metric.KernelDistance, set, distance, kernelRecord);
      }
    }
    return readings;
  }

  private void add(
      List<Reading> readings,
      Metric metric,
      Dataset set,
      Distance distance,
      MeasurementRecord record) {
    if (wanted.contains(metric)) {
      Measurement measurement =
          new Measurement(
              distance.value(), distance.standardError(), experiment.evaluation().samples());
      readings.add(new Reading(metric, set.name(), measurement, record));
    }
  }

  private MeasurementRecord record(
      EvaluationSet examined, FeatureExtractor extractor, int dimensions) throws DataException {
    EvaluationSpec evaluation = experiment.evaluation();
    MeasurementRecord record = examined.record("distance of features", 1);
    for (Map.Entry<String, String> entry : extractor.identity().entrySet()) {
      record = record.with(entry.getKey(), entry.getValue());
    }
    return record
        .with("arithmetic", model.arithmetic())
        .with("features", dimensions)
        .with("pixels", "clamped, 8 bits")
        .with("bias", bias(evaluation.samples(), dimensions))
        .with("sampler", evaluation.sampler())
        .with("weights", evaluation.weights());
  }

  /** What a reader must know of a Fréchet distance of so many examples. */
  private static String bias(int examples, int dimensions) {
    return "of Frechet distances: upwards, of order 1/N; N is "
        + (examples < 10 * dimensions
            ? "below 10 D, so that it may be most of the value"
            : "10 D or more");
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + file, e);
    }
  }
}
