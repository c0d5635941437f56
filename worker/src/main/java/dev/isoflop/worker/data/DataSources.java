package dev.isoflop.worker.data;

import static java.util.Objects.requireNonNull;

import dev.isoflop.api.v1alpha1.DataSpec;
import dev.isoflop.api.v1alpha1.DatasetSpec;
import dev.isoflop.api.v1alpha1.LatentsSpec;
import dev.isoflop.api.v1alpha1.TextEncoderSpec;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.remote.CacheSettings;
import dev.isoflop.worker.data.remote.RemoteCache;
import dev.isoflop.worker.data.text.HashedTextEncoder;
import dev.isoflop.worker.data.text.PrecomputedText;
import dev.isoflop.worker.data.text.TextEncoder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The data of a trial, opened and checked before any time is spent on training.
 *
 * @param train what is trained on
 * @param evaluation what is measured on; the first is in domain
 * @param textEncoder what turns captions into features
 */
public record DataSources(Dataset train, List<Dataset> evaluation, TextEncoder textEncoder) {
  public DataSources {
    requireNonNull(train, "train");
    evaluation = List.copyOf(evaluation);
    requireNonNull(textEncoder, "textEncoder");
  }

  /**
   * Opens what a manifest's {@code data} names, with the download cache that the environment names.
   *
   * @throws DataException if a setting cannot work, or files are missing or unusable
   */
  public static DataSources open(DataSpec data) throws DataException {
    CacheSettings settings = CacheSettings.of(System.getenv());
    return open(data, new RemoteCache(settings, Clock.systemUTC(), System.err::println));
  }

  static DataSources open(DataSpec data, RemoteCache cache) throws DataException {
    DatasetOpener opener = new DatasetOpener(data, cache);
    requireOneKindOfInput(data);
    Dataset train = opener.open(data.train(), "data.train");
    List<Dataset> evaluation = new ArrayList<>();
    for (int i = 0; i < data.evaluation().size(); i++) {
      evaluation.add(opener.open(data.evaluation().get(i), "data.evaluation[" + i + "]"));
    }
    requireHeldOut(train, evaluation);
    return new DataSources(train, evaluation, textEncoder(data.textEncoder()));
  }

  /** Pictures and latents, or latents of two autoencoders, are different things to learn. */
  private static void requireOneKindOfInput(DataSpec data) throws DataException {
    String trained = meaning(data.train().latents());
    for (int i = 0; i < data.evaluation().size(); i++) {
      DatasetSpec set = data.evaluation().get(i);
      if (!meaning(set.latents()).equals(trained)) {
        throw new DataException(
            Kind.Setting,
            "data.evaluation[" + i + "].latents",
            "'%s' holds %s, but '%s' holds %s"
                .formatted(set.name(), meaning(set.latents()), data.train().name(), trained),
            "measure a model on what it was trained on");
      }
    }
  }

  private static String meaning(@Nullable LatentsSpec latents) {
    return latents == null
        ? "images"
        : "latents of %s, shifted by %s and scaled by %s"
            .formatted(latents.autoencoder(), latents.shift(), latents.scaleFactor());
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

  private static TextEncoder textEncoder(TextEncoderSpec spec) throws DataException {
    return switch (spec.type()) {
      case Hashed -> new HashedTextEncoder(spec.tokens(), spec.width());
      case Precomputed -> new PrecomputedText(spec.tokens(), spec.width());
      case MiniLM, TorchScript ->
          throw new DataException(
              Kind.Setting,
              "data.textEncoder.type",
              spec.type() + " is not available in this version",
              "use Hashed or Precomputed");
    };
  }
}
