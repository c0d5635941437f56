package dev.isoflop.worker.data.text;

import dev.isoflop.api.v1alpha1.data.TextEncoderSpec;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.cache.DataEnvironment;
import dev.isoflop.worker.data.cache.FeatureStore;

/** Opens the encoder that a manifest names. */
public final class TextEncoders {
  private static final String FIELD = "data.textEncoder";

  private TextEncoders() {}

  /**
   * The encoder; the caller closes it.
   *
   * @throws DataException if a setting cannot work or a file is missing or not the one meant
   */
  public static TextEncoder open(TextEncoderSpec spec, DataEnvironment environment)
      throws DataException {
    return switch (spec.type()) {
      case Hashed -> new HashedTextEncoder(spec.tokens(), spec.width());
      case Precomputed -> new PrecomputedText(spec.tokens(), spec.width());
      case MiniLM -> cached(miniLm(spec), environment);
      case TorchScript -> cached(torchScript(spec, environment), environment);
    };
  }

  private static TextEncoder cached(CaptionModel model, DataEnvironment environment)
      throws DataException {
    FeatureStore store =
        FeatureStore.open(
            environment.cache().folder(), model.digest(), environment.cache().mostBytes());
    return new CachedTextEncoder(model, store, CachedTextEncoder.DEFAULT_MEMORY);
  }

  private static MiniLmModel miniLm(TextEncoderSpec spec) throws DataException {
    if (spec.width() != MiniLmModel.WIDTH) {
      throw new DataException(
          Kind.Setting,
          FIELD + ".width",
          spec.width() + " is not the width of MiniLM's features",
          "set it to " + MiniLmModel.WIDTH);
    }
    if (spec.tokens() > MiniLmModel.MAXIMUM_TOKENS) {
      throw new DataException(
          Kind.Setting,
          FIELD + ".tokens",
          spec.tokens() + " is more than MiniLM was trained with",
          "set it to " + MiniLmModel.MAXIMUM_TOKENS + " or less");
    }
    return new MiniLmModel(spec.tokens());
  }

  private static CaptionModel torchScript(TextEncoderSpec spec, DataEnvironment environment)
      throws DataException {
    if (spec.uri() == null || spec.sha256() == null) {
      throw new DataException(
          Kind.Setting,
          FIELD + (spec.uri() == null ? ".uri" : ".sha256"),
          "is missing, and a TorchScript file is code that runs only by its digest",
          "give the file's path and its sha256");
    }
    return TorchScriptCaptionModel.load(
        environment.torch().get(), spec.uri(), spec.sha256(), spec.tokens(), spec.width());
  }
}
