package dev.isoflop.worker.data;

import static java.util.Objects.requireNonNull;

import dev.isoflop.api.v1alpha1.DataSpec;
import dev.isoflop.api.v1alpha1.DatasetSpec;
import dev.isoflop.api.v1alpha1.TextEncoderSpec;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.coco.CocoDataset;
import dev.isoflop.worker.data.idx.IdxDataset;
import dev.isoflop.worker.data.scenes.Manner;
import dev.isoflop.worker.data.scenes.SceneDataset;
import dev.isoflop.worker.data.text.HashedTextEncoder;
import dev.isoflop.worker.data.text.TextEncoder;
import dev.isoflop.worker.data.webdataset.WebDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
   * Opens what a manifest's {@code data} names.
   *
   * @throws DataException if a setting cannot work, or files are missing or unusable
   */
  public static DataSources open(DataSpec data) throws DataException {
    ImageShape imageShape = imageShape(data);
    Dataset train = open(data.train(), "data.train", imageShape);
    List<Dataset> evaluation = new ArrayList<>();
    for (int i = 0; i < data.evaluation().size(); i++) {
      evaluation.add(open(data.evaluation().get(i), "data.evaluation[" + i + "]", imageShape));
    }
    requireHeldOut(train, evaluation);
    return new DataSources(train, evaluation, textEncoder(data.textEncoder()));
  }

  private static ImageShape imageShape(DataSpec data) throws DataException {
    int size = data.imageSize();
    if (size < ImageShape.MINIMUM_SIZE || size > ImageShape.MAXIMUM_SIZE) {
      throw new DataException(
          Kind.Setting,
          "data.imageSize",
          size + " is not a size that images can be made in",
          "choose %d to %d".formatted(ImageShape.MINIMUM_SIZE, ImageShape.MAXIMUM_SIZE));
    }
    int channels = data.channels();
    if (channels != 1 && channels != 3) {
      throw new DataException(
          Kind.Setting,
          "data.channels",
          channels + " is not a number of channels that images can have",
          "choose 3 (colour) or 1 (grey)");
    }
    return new ImageShape(channels, size);
  }

  private static Dataset open(DatasetSpec spec, String field, ImageShape imageShape)
      throws DataException {
    return switch (spec.format()) {
      case Scenes -> new SceneDataset(spec.name(), manner(spec, field), imageShape);
      case WebDataset ->
          WebDataset.open(spec.name(), spec.uri(), field + ".uri", Path.of(""), imageShape);
      case IDX ->
          IdxDataset.open(
              spec.name(), spec.uri(), classNames(spec, field), field, Path.of(""), imageShape);
      case COCO ->
          CocoDataset.open(spec.name(), spec.uri(), field + ".uri", Path.of(""), imageShape);
    };
  }

  /** An evaluation on what was trained on measures memory, so one file may not be in both. */
  private static void requireHeldOut(Dataset train, List<Dataset> evaluation) throws DataException {
    Set<Path> trained = train.files();
    for (int i = 0; i < evaluation.size(); i++) {
      Optional<Path> shared =
          evaluation.get(i).files().stream().filter(trained::contains).sorted().findFirst();
      if (shared.isPresent()) {
        throw new DataException(
            Kind.Setting,
            "data.evaluation[" + i + "].uri",
            "file " + shared.get() + " is also in data.train.uri",
            "keep the files that models are measured on out of training");
      }
    }
  }

  private static List<String> classNames(DatasetSpec spec, String field) throws DataException {
    if (spec.classNames().isEmpty()) {
      throw new DataException(
          Kind.Setting,
          field + ".classNames",
          "is missing, and IDX files name no classes",
          "list the caption of label 0, 1 and so on");
    }
    return spec.classNames();
  }

  private static Manner manner(DatasetSpec spec, String field) throws DataException {
    return switch (spec.uri()) {
      case "scenes:solid" -> Manner.SOLID;
      case "scenes:sketched" -> Manner.SKETCHED;
      default ->
          throw new DataException(
              Kind.Setting,
              field + ".uri",
              "there are no scenes '" + spec.uri() + "'",
              "use scenes:solid or scenes:sketched, or another format");
    };
  }

  private static TextEncoder textEncoder(TextEncoderSpec spec) throws DataException {
    return switch (spec.type()) {
      case Hashed -> new HashedTextEncoder(spec.tokens(), spec.width());
      case MiniLM, TorchScript, Precomputed ->
          throw new DataException(
              Kind.Setting,
              "data.textEncoder.type",
              spec.type() + " is not available in this version",
              "use Hashed");
    };
  }
}
