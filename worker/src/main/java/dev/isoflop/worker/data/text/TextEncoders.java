package dev.isoflop.worker.data.text;

import static java.util.Objects.requireNonNull;

import dev.isoflop.api.v1alpha1.data.TextEncoderSpec;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.cache.DataEnvironment;
import dev.isoflop.worker.data.cache.FeatureStore;

/** Opens the encoder that a manifest names. */
public final class TextEncoders {
  private TextEncoders() {}

  /**
   * The encoder; the caller closes it.
   *
   * @param spec as {@link dev.isoflop.rules.DataRules} allow it
   * @throws DataException if a file is missing or not the one meant
   */
  public static TextEncoder open(TextEncoderSpec spec, DataEnvironment environment)
      throws DataException {
    return switch (spec.type()) {
      case Hashed -> new HashedTextEncoder(spec.tokens(), spec.width());
      case Precomputed -> new PrecomputedText(spec.tokens(), spec.width());
      case MiniLM -> cached(new MiniLmModel(spec.tokens()), environment);
      case TorchScript ->
          cached(
              TorchScriptCaptionModel.load(
                  environment.torch().get(),
                  requireNonNull(spec.uri()),
                  requireNonNull(spec.sha256()),
                  spec.tokens(),
                  spec.width()),
              environment);
    };
  }

  private static TextEncoder cached(CaptionModel model, DataEnvironment environment)
      throws DataException {
    FeatureStore store =
        FeatureStore.open(
            environment.cache().folder(), model.digest(), environment.cache().mostBytes());
    return new CachedTextEncoder(model, store, CachedTextEncoder.DEFAULT_MEMORY);
  }
}
