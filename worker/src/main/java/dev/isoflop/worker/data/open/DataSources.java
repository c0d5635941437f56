package dev.isoflop.worker.data.open;

import static java.util.Objects.requireNonNull;

import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.rules.DataRules;
import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.autoencoder.Autoencoder;
import dev.isoflop.worker.data.autoencoder.EncodedDataset;
import dev.isoflop.worker.data.cache.DataEnvironment;
import dev.isoflop.worker.data.cache.FeatureStore;
import dev.isoflop.worker.data.remote.RemoteCache;
import dev.isoflop.worker.data.text.TextEncoder;
import dev.isoflop.worker.data.text.TextEncoders;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The data of a trial, opened and checked before any time is spent on training.
 *
 * @param train what is trained on
 * @param evaluation what is measured on; the first is in domain
 * @param textEncoder what turns captions into features
 * @param autoencoder what turned pictures into what the sets hand out, if something did
 */
public record DataSources(
    Dataset train,
    List<Dataset> evaluation,
    TextEncoder textEncoder,
    Optional<Autoencoder> autoencoder)
    implements AutoCloseable {
  public DataSources {
    requireNonNull(train, "train");
    evaluation = List.copyOf(evaluation);
    requireNonNull(textEncoder, "textEncoder");
    requireNonNull(autoencoder, "autoencoder");
  }

  /**
   * Opens what a manifest's {@code data} names; the caller closes it.
   *
   * @throws DataException if a setting cannot work, or files are missing or unusable
   */
  public static DataSources open(DataSpec data, DataEnvironment environment) throws DataException {
    return open(data, environment, System.err::println, BrokenSamples.none());
  }

  /**
   * As {@link #open(DataSpec, DataEnvironment)}.
   *
   * @param log takes what a user should know but need not act on
   * @param broken the samples that are left out
   */
  public static DataSources open(
      DataSpec data, DataEnvironment environment, Consumer<String> log, BrokenSamples broken)
      throws DataException {
    DataException.requireNone(DataRules.broken(data));
    RemoteCache cache = new RemoteCache(environment.cache(), Clock.systemUTC(), log);
    DatasetOpener opener = new DatasetOpener(data, cache, log, broken);
    Dataset train = opener.open(data.train(), "data.train");
    List<Dataset> evaluation = new ArrayList<>();
    for (int i = 0; i < data.evaluation().size(); i++) {
      evaluation.add(opener.open(data.evaluation().get(i), "data.evaluation[" + i + "]"));
    }
    requireHeldOut(train, evaluation);
    TextEncoder textEncoder = TextEncoders.open(data.textEncoder(), environment);
    if (data.autoencoder().type() == AutoencoderType.None) {
      return new DataSources(train, evaluation, textEncoder, Optional.empty());
    }
    Autoencoder autoencoder =
        Autoencoder.load(
            environment.torch().get(),
            data.autoencoder(),
            new ImageShape(data.channels(), data.imageSize()));
    FeatureStore store =
        FeatureStore.open(
            environment.cache().folder(),
            EncodedDataset.storeName(autoencoder),
            environment.cache().mostBytes());
    return new DataSources(
        new EncodedDataset(train, autoencoder, store),
        evaluation.stream()
            .map(set -> (Dataset) new EncodedDataset(set, autoencoder, store))
            .toList(),
        textEncoder,
        Optional.of(autoencoder));
  }

  /** An evaluation on what was trained on measures memory, so one file may not be in both. */
  private static void requireHeldOut(Dataset train, List<Dataset> evaluation) throws DataException {
    Set<String> trained = train.sources();
    for (int i = 0; i < evaluation.size(); i++) {
      Optional<String> shared =
          evaluation.get(i).sources().stream().filter(trained::contains).sorted().findFirst();
      if (shared.isPresent()) {
        throw new DataException(
            Kind.Setting,
            "data.evaluation[" + i + "].uri",
            "file " + shared.get() + " is also in data.train.uri",
            "keep the files that models are measured on out of training");
      }
    }
  }

  /** Releases the networks. */
  @Override
  public void close() {
    textEncoder.close();
    autoencoder.ifPresent(Autoencoder::close);
  }
}
