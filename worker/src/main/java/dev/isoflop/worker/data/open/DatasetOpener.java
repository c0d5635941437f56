package dev.isoflop.worker.data.open;

import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.LatentsSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.rules.DataRules;
import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
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
    DataException.requireNone(DataRules.broken(data, field, spec));
    if (spec.format() == DataFormat.Scenes) {
      Manner manner = spec.uri().equals("scenes:solid") ? Manner.SOLID : Manner.SKETCHED;
      return new SceneDataset(spec.name(), manner, pictureShape());
    }
    ExampleContent content = content(spec);
    String uri = field + ".uri";
    ShardLocator locator = new ShardLocator(uri, Path.of(""), cache);
    return switch (spec.format()) {
      case WebDataset -> WebDataset.open(spec.name(), spec.uri(), uri, locator, content);
      case MDS -> MdsDataset.open(spec, uri, locator, content);
      case IDX ->
          IdxDataset.open(
              spec.name(), spec.uri(), spec.classNames(), field, Path.of(""), content.imageShape());
      case COCO ->
          CocoDataset.open(spec.name(), spec.uri(), uri, Path.of(""), content.imageShape(), broken);
      case Npy -> NpyDataset.open(spec, uri, Path.of(""), content);
      case Safetensors -> SafetensorsDataset.open(spec, uri, locator, content);
      case Scenes -> throw new IllegalStateException("scenes are not stored");
    };
  }

  private ExampleContent content(DatasetSpec spec) {
    Optional<LatentsSpec> latents = Optional.ofNullable(spec.latents());
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

  private ImageShape pictureShape() {
    ImageShape seen = new ImageShape(data.channels(), data.imageSize());
    return data.autoencoder().type() == AutoencoderType.TorchScript
        ? Autoencoder.pictures(data.autoencoder(), seen)
        : seen;
  }
}
