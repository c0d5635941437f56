package dev.isoflop.worker.data.shard.decode;

import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.image.AreaFilter;
import dev.isoflop.worker.data.image.ImageDecoder;
import dev.isoflop.worker.data.shard.read.StoredFile;
import dev.isoflop.worker.data.shard.read.StoredSample;
import java.util.Optional;

/** Makes an example of a stored sample. Safe for use by threads. */
public final class SampleDecoder {
  private final ExampleContent content;
  private final ImageDecoder images;
  private final Optional<LatentDecoder> latents;
  private final Optional<TextFeatureDecoder> texts;
  private final CaptionDecoder captions;
  private final ExampleCache cache;

  /** A decoder that remembers pictures up to the usual bound. */
  public SampleDecoder(ExampleContent content) {
    this(content, Limits.DEFAULT, new ExampleCache(ExampleCache.DEFAULT_BOUND));
  }

  SampleDecoder(ExampleContent content, Limits limits, ExampleCache cache) {
    this.content = content;
    this.cache = cache;
    images = new ImageDecoder(limits.pixels());
    latents = content.latents().map(spec -> new LatentDecoder(spec, content.imageShape()));
    texts = content.textFeatures().map(shape -> new TextFeatureDecoder(shape, limits));
    captions = new CaptionDecoder(limits, content.classNames(), content.notes());
  }

  /** The example that every evaluation sees. */
  public Example evaluate(StoredSample sample) throws DataException {
    return decode(sample, Pass.EVALUATION.random(sample.place()));
  }

  /**
   * An example.
   *
   * @param draw for what differs from pass to pass, such as latents stored as a distribution
   */
  public Example decode(StoredSample sample, CounterRandom draw) throws DataException {
    sample.requireUsable();
    return latents.isPresent()
        ? example(sample, latents.get().decode(sample, draw))
        : picture(sample);
  }

  /** Pictures are remembered, for they cost more to decode than anything else. */
  private Example picture(StoredSample sample) throws DataException {
    Optional<Example> known = cache.find(sample);
    if (known.isPresent()) {
      return known.get();
    }
    StoredFile file = sample.input();
    float[] image =
        AreaFilter.toSquare(
            images.decode(file.content(), sample.where(file)), content.imageShape());
    Example example = example(sample, image);
    cache.keep(sample, example);
    return example;
  }

  private Example example(StoredSample sample, float[] image) throws DataException {
    String caption = sample.caption().isPresent() ? captions.decode(sample) : "";
    if (texts.isEmpty()) {
      return new Example(image, caption);
    }
    StoredFile file = sample.text().orElseThrow();
    return new Example(image, caption, texts.get().decode(file, sample.where(file)));
  }
}
