package dev.isoflop.worker.data.open;

import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.LatentsSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.text.ShownUri;
import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.DataNotes;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.autoencoder.Autoencoder;
import dev.isoflop.worker.data.coco.CocoDataset;
import dev.isoflop.worker.data.idx.IdxDataset;
import dev.isoflop.worker.data.mds.MdsDataset;
import dev.isoflop.worker.data.npy.NpyDataset;
import dev.isoflop.worker.data.remote.RemoteCache;
import dev.isoflop.worker.data.safetensors.SafetensorsDataset;
import dev.isoflop.worker.data.scenes.Manner;
import dev.isoflop.worker.data.scenes.SceneDataset;
import dev.isoflop.worker.data.shard.decode.ExampleContent;
import dev.isoflop.worker.data.shard.decode.ExampleContent.TextFeatureShape;
import dev.isoflop.worker.data.shard.locate.ShardLocator;
import dev.isoflop.worker.data.webdataset.WebDataset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens the sets of a manifest's {@code data}, one by one. */
public final class DatasetOpener {
  private final DataSpec data;
  private final RemoteCache cache;
  private final Consumer<String> log;
  private final BrokenSamples broken;

  /**
   * An opener for one manifest.
   *
   * @param cache what files behind URLs are had by
   * @param log takes what a user should know but need not act on
   */
  public DatasetOpener(DataSpec data, RemoteCache cache, Consumer<String> log) {
    this(data, cache, log, BrokenSamples.none());
  }

  /** As the other, leaving out broken samples. */
  public DatasetOpener(
      DataSpec data, RemoteCache cache, Consumer<String> log, BrokenSamples broken) {
    this.data = data;
    this.cache = cache;
    this.log = log;
    this.broken = broken;
  }

  /**
   * Opens a set.
   *
   * @param field where it stands in the manifest, for errors
   */
  public Dataset open(DatasetSpec spec, String field) throws DataException {
    requireNothingStored(spec, field);
    if (spec.format() == DataFormat.Scenes) {
      return scenes(spec, field);
    }
    boolean latentsOnly =
        spec.format() == DataFormat.Npy || spec.format() == DataFormat.Safetensors;
    if (latentsOnly && spec.latents() == null) {
      throw setting(
          field + ".latents",
          "is missing, and files of format " + spec.format() + " do not say what they hold",
          "state kind, scaled, scaleFactor, dtype and autoencoder");
    }
    ExampleContent content = content(spec, field);
    String uri = field + ".uri";
    ShardLocator locator = new ShardLocator(uri, Path.of(""), cache);
    return switch (spec.format()) {
      case WebDataset -> WebDataset.open(spec.name(), spec.uri(), uri, locator, content);
      case MDS -> MdsDataset.open(spec, uri, locator, content);
      case IDX -> idx(spec, field, content.imageShape());
      case COCO ->
          CocoDataset.open(spec.name(), spec.uri(), uri, Path.of(""), content.imageShape(), broken);
      case Npy -> NpyDataset.open(spec, uri, Path.of(""), content);
      case Safetensors -> SafetensorsDataset.open(spec, uri, locator, content);
      case Scenes -> throw new IllegalStateException("scenes are not stored");
    };
  }

  /** Some formats hold pictures with captions and nothing that could be stored beside them. */
  private void requireNothingStored(DatasetSpec spec, String field) throws DataException {
    boolean picturesOnly =
        switch (spec.format()) {
          case Scenes, IDX, COCO -> true;
          case WebDataset, MDS, Npy, Safetensors -> false;
        };
    boolean asked =
        spec.latents() != null || data.textEncoder().type() == TextEncoderType.Precomputed;
    if (picturesOnly && asked) {
      throw setting(
          field,
          "sets of format " + spec.format() + " have neither latents nor stored text features",
          "remove latents and use another text encoder, or name another set");
    }
  }

  private static Dataset idx(DatasetSpec spec, String field, ImageShape shape)
      throws DataException {
    if (spec.classNames().isEmpty()) {
      throw setting(
          field + ".classNames",
          "is missing, and IDX files name no classes",
          "list the caption of label 0, 1 and so on");
    }
    return IdxDataset.open(spec.name(), spec.uri(), spec.classNames(), field, Path.of(""), shape);
  }

  private ExampleContent content(DatasetSpec spec, String field) throws DataException {
    Optional<LatentsSpec> latents = Optional.ofNullable(spec.latents());
    if (latents.isPresent()) {
      if (data.autoencoder().type() != AutoencoderType.None) {
        throw setting(
            field + ".latents",
            "says that latents are stored, but data.autoencoder encodes pictures",
            "remove one of the two");
      }
      requireComplete(latents.get(), field + ".latents");
    }
    Optional<TextFeatureShape> text =
        data.textEncoder().type() == TextEncoderType.Precomputed
            ? Optional.of(
                new TextFeatureShape(data.textEncoder().tokens(), data.textEncoder().width()))
            : Optional.empty();
    ImageShape shape =
        latents.isPresent() ? new ImageShape(data.channels(), data.imageSize()) : pictureShape();
    return new ExampleContent(
        shape,
        latents,
        text,
        spec.classNames(),
        Optional.ofNullable(spec.columns()),
        new DataNotes(log),
        broken);
  }

  private ImageShape pictureShape() throws DataException {
    if (data.autoencoder().type() == AutoencoderType.TorchScript) {
      return Autoencoder.pictures(
          data.autoencoder(), new ImageShape(data.channels(), data.imageSize()));
    }
    int size = data.imageSize();
    if (size < ImageShape.MINIMUM_SIZE || size > ImageShape.MAXIMUM_SIZE) {
      throw setting(
          "data.imageSize",
          size + " is not a size that images can be made in",
          "choose %d to %d".formatted(ImageShape.MINIMUM_SIZE, ImageShape.MAXIMUM_SIZE));
    }
    int channels = data.channels();
    if (channels != 1 && channels != 3) {
      throw setting(
          "data.channels",
          channels + " is not a number of channels that images can have",
          "choose 3 (colour) or 1 (grey), or say under latents what is stored");
    }
    return new ImageShape(channels, size);
  }

  private Dataset scenes(DatasetSpec spec, String field) throws DataException {
    Manner manner =
        switch (spec.uri()) {
          case "scenes:solid" -> Manner.SOLID;
          case "scenes:sketched" -> Manner.SKETCHED;
          default ->
              throw setting(
                  field + ".uri",
                  "there are no scenes '" + ShownUri.of(spec.uri()) + "'",
                  "use scenes:solid or scenes:sketched, or another format");
        };
    return new SceneDataset(spec.name(), manner, pictureShape());
  }

  private static void requireComplete(LatentsSpec latents, String field) throws DataException {
    requireKnown(latents.kind(), field + ".kind", "Sample or MeanStd");
    requireKnown(latents.scaled(), field + ".scaled", "true or false");
    requireKnown(latents.scaleFactor(), field + ".scaleFactor", "a factor such as 0.18215");
    requireKnown(latents.dtype(), field + ".dtype", "Float16, BFloat16 or Float32");
    requireKnown(latents.autoencoder(), field + ".autoencoder", "its name or digest");
    double factor = latents.scaleFactor();
    if (!(factor > 0) || !Double.isFinite(factor) || !Double.isFinite(latents.shift())) {
      throw setting(
          field + ".scaleFactor",
          factor + " with the shift " + latents.shift() + " cannot scale latents",
          "give a positive factor and a finite shift");
    }
  }

  private static void requireKnown(@Nullable Object value, String field, String remedy)
      throws DataException {
    if (value == null) {
      throw setting(field, "is missing, and files of latents do not say it", "state it: " + remedy);
    }
  }

  private static DataException setting(String field, String problem, String remedy) {
    return new DataException(Kind.Setting, field, problem, remedy);
  }
}
