package dev.isoflop.worker.data.safetensors;

import dev.isoflop.api.v1alpha1.data.ColumnsSpec;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.shard.decode.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which tensors of a file are read.
 *
 * @param input latents {@code [N, C, H, W]}
 * @param caption numbers of classes {@code [N]}; absent where text features take their place
 * @param text text features {@code [N, T, W]}, if they are wanted
 */
record TensorChoice(Tensor input, Optional<Tensor> caption, Optional<Tensor> text) {
  private static final List<String> LATENTS = List.of("latents", "latent");
  private static final List<String> LABELS = List.of("labels", "label");
  private static final List<String> TEXTS = List.of("text", "text_features", "caption_latents");

  /** Chooses by the names of a manifest or else the usual ones. */
  static TensorChoice of(
      Map<String, Tensor> tensors, @Nullable ColumnsSpec names, boolean wantsText, String where)
      throws DataException {
    Tensor input =
        find(tensors, names == null ? null : names.input(), LATENTS)
            .orElseThrow(() -> missing(tensors, where, "latents", "columns.input"));
    Optional<Tensor> caption = find(tensors, names == null ? null : names.caption(), LABELS);
    Optional<Tensor> text =
        wantsText ? find(tensors, names == null ? null : names.text(), TEXTS) : Optional.empty();
    if (wantsText && text.isEmpty()) {
      throw missing(tensors, where, "text features", "columns.text");
    }
    if (!wantsText && caption.isEmpty()) {
      throw missing(tensors, where, "numbers of classes", "columns.caption");
    }
    requireRows(input, Optional.of(input), where);
    requireRows(input, caption, where);
    requireRows(input, text, where);
    if (caption.isPresent() && caption.get().shape().size() != 1) {
      throw wrong(where, "its tensor %s is not a list of numbers".formatted(caption.get().name()));
    }
    return new TensorChoice(input, caption, text);
  }

  private static Optional<Tensor> find(
      Map<String, Tensor> tensors, @Nullable String named, List<String> usual) {
    for (String name : named == null ? usual : List.of(named)) {
      Tensor tensor = tensors.get(name);
      if (tensor != null) {
        return Optional.of(tensor);
      }
    }
    return Optional.empty();
  }

  private static void requireRows(Tensor input, Optional<Tensor> other, String where)
      throws DataException {
    if (other.isEmpty()) {
      return;
    }
    if (other.get().rows() != input.rows()) {
      throw wrong(
          where,
          "its tensors %s and %s have %d and %d rows"
              .formatted(input.name(), other.get().name(), input.rows(), other.get().rows()));
    }
    int bound = Limits.DEFAULT.imageBytes();
    if (other.get().rowBytes() > bound) {
      throw new DataException(
          Kind.TooLarge,
          where,
          "a row of its tensor %s has %d bytes, over the bound of %d"
              .formatted(other.get().name(), other.get().rowBytes(), bound),
          "write smaller latents");
    }
  }

  private static DataException wrong(String where, String problem) {
    return new DataException(Kind.Corrupt, where, problem, "write the file again");
  }

  private static DataException missing(
      Map<String, Tensor> tensors, String where, String what, String setting) {
    return new DataException(
        Kind.Setting,
        where,
        "has no tensor of %s that is known by its name; its tensors are %s"
            .formatted(what, tensors.keySet()),
        "name one under " + setting);
  }
}
