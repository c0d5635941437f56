package dev.isoflop.worker.data.mds;

import dev.isoflop.api.v1alpha1.data.ColumnsSpec;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.shard.decode.ExampleContent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a shard are used, by their places.
 *
 * @param input the image or latents
 * @param caption absent where text features take its place
 * @param text precomputed text features, if they are wanted
 */
record MdsColumns(Use input, Optional<Use> caption, Optional<Use> text) {
  /**
   * A column that is used.
   *
   * @param place among the columns
   * @param extension what its values are called as parts of samples
   */
  record Use(int place, String extension) {}

  private static final List<String> IMAGES = List.of("image", "jpg", "jpeg", "png", "img");
  private static final List<String> LATENTS = List.of("latents", "latent", "latents_256");
  private static final List<String> CAPTIONS = List.of("caption", "captions", "text", "label");
  private static final List<String> TEXTS = List.of("caption_latents", "text_features");

  /** Chooses by the names of a manifest or else the usual ones. */
  static MdsColumns choose(
      List<MdsColumn> columns, @Nullable ColumnsSpec names, ExampleContent content, String where)
      throws DataException {
    boolean latents = content.latents().isPresent();
    boolean wantsText = content.textFeatures().isPresent();
    Choice choice = new Choice(columns, where);
    Use input =
        choice
            .find(
                "input",
                names == null ? null : names.input(),
                latents ? LATENTS : IMAGES,
                column -> column.asInput(latents))
            .orElseThrow(() -> choice.missing(latents ? "latents" : "images", "columns.input"));
    Optional<Use> caption =
        choice.find(
            "caption", names == null ? null : names.caption(), CAPTIONS, MdsColumn::asCaption);
    Optional<Use> text =
        wantsText
            ? choice.find(
                "text", names == null ? null : names.text(), TEXTS, column -> column.asInput(true))
            : Optional.empty();
    if (wantsText && text.isEmpty()) {
      throw choice.missing("text features", "columns.text");
    }
    if (!wantsText && caption.isEmpty()) {
      throw choice.missing("captions", "columns.caption");
    }
    return new MdsColumns(input, caption, text);
  }

  private record Choice(List<MdsColumn> columns, String where) {
    Optional<Use> find(
        String setting,
        @Nullable String named,
        List<String> usual,
        Function<MdsColumn, Optional<String>> use)
        throws DataException {
      for (String name : named == null ? usual : List.of(named)) {
        for (int i = 0; i < columns.size(); i++) {
          if (columns.get(i).name().equals(name)) {
            Optional<String> extension = use.apply(columns.get(i));
            if (extension.isEmpty()) {
              throw unusable(columns.get(i), setting);
            }
            return Optional.of(new Use(i, extension.get()));
          }
        }
      }
      if (named != null) {
        throw missing("values", "columns." + setting);
      }
      return Optional.empty();
    }

    private DataException unusable(MdsColumn column, String setting) {
      boolean program = column.encoding().equals("pkl");
      return new DataException(
          Kind.Setting,
          where,
          "its column %s is encoded as '%s', which %s"
              .formatted(
                  column.name(),
                  column.encoding(),
                  program ? "is a program and is never read" : "cannot be read as its " + setting),
          "name another column under columns.%s, or write the column in another encoding"
              .formatted(setting));
    }

    DataException missing(String what, String setting) {
      return new DataException(
          Kind.Setting,
          where,
          "has no column of %s that is known by its name; its columns are %s"
              .formatted(what, columns.stream().map(MdsColumn::name).toList()),
          "name one under " + setting);
    }
  }
}
