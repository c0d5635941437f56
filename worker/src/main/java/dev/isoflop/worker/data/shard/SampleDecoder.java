package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ImageShape;
import java.util.Optional;

/** Makes an example of a stored sample. Safe for use by threads. */
final class SampleDecoder {
  private final ImageShape imageShape;
  private final ImageDecoder images;
  private final CaptionDecoder captions;
  private final ExampleCache cache;

  SampleDecoder(ImageShape imageShape, Limits limits, ExampleCache cache) {
    this.imageShape = imageShape;
    this.cache = cache;
    images = new ImageDecoder(limits);
    captions = new CaptionDecoder(limits);
  }

  Example decode(StoredSample sample) throws DataException {
    Optional<Example> known = cache.find(sample);
    if (known.isPresent()) {
      return known.get();
    }
    String caption = captions.decode(sample);
    Picture picture = images.decode(sample);
    Example example = new Example(AreaFilter.toSquare(picture, imageShape), caption);
    cache.keep(sample, example);
    return example;
  }
}
