package dev.isoflop.worker.data.shard.decode;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.array.NpzFile;
import dev.isoflop.worker.data.array.NumberType;
import dev.isoflop.worker.data.array.StoredArray;
import dev.isoflop.worker.data.shard.decode.ExampleContent.TextFeatureShape;
import dev.isoflop.worker.data.shard.read.StoredFile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads precomputed text features: an array {@code [T, W]}, bare 16-bit floats (as mosaicml's
 * diffusion stores {@code caption_latents}), or an npz of {@code caption_feature} and {@code
 * attention_mask} (as PixArt does). Masked tokens become zeros.
 */
final class TextFeatureDecoder {
  private final TextFeatureShape shape;
  private final Limits limits;
  private final ArrayDecoder arrays = new ArrayDecoder(NumberType.Float16);

  TextFeatureDecoder(TextFeatureShape shape, Limits limits) {
    this.shape = shape;
    this.limits = limits;
  }

  /** {@code [tokens, width]}. */
  float[] decode(StoredFile file, String where) throws DataException {
    if (file.extension().equals("npz") || file.extension().endsWith(".npz")) {
      Map<String, StoredArray> parts = NpzFile.read(file.content(), limits.imageBytes(), where);
      StoredArray features =
          parts.size() == 1 ? parts.values().iterator().next() : parts.get("caption_feature");
      if (features == null) {
        throw wrong(where, "holds the arrays " + parts.keySet() + " and no caption_feature");
      }
      return fill(features, parts.get("attention_mask"), where);
    }
    return fill(arrays.decode(file, where), null, where);
  }

  private float[] fill(StoredArray stored, @Nullable StoredArray mask, String where)
      throws DataException {
    List<Long> found = stored.shape();
    boolean fits =
        switch (found.size()) {
          case 0 -> false;
          case 1 -> stored.length() % shape.width() == 0;
          default ->
              found.get(found.size() - 1) == shape.width()
                  && found.subList(0, found.size() - 2).stream().allMatch(side -> side == 1);
        };
    if (!fits) {
      throw wrong(
          where,
          "holds text features %s, but data.textEncoder.width is %d"
              .formatted(stored, shape.width()));
    }
    int tokens = stored.length() / shape.width();
    if (mask != null && mask.length() != tokens) {
      throw wrong(where, "has a mask " + mask + " for " + tokens + " tokens");
    }
    float[] features = new float[shape.tokens() * shape.width()];
    for (int token = 0; token < Math.min(tokens, shape.tokens()); token++) {
      if (mask != null && mask.get(token) == 0) {
        continue;
      }
      for (int i = token * shape.width(); i < (token + 1) * shape.width(); i++) {
        features[i] = finite((float) stored.get(i), where);
      }
    }
    return features;
  }

  private static float finite(float value, String where) throws DataException {
    if (!Float.isFinite(value)) {
      throw wrong(where, "holds the value " + value);
    }
    return value;
  }

  private static DataException wrong(String where, String problem) {
    return new DataException(
        Kind.Corrupt, where, problem, "correct data.textEncoder or compute the features again");
  }
}
