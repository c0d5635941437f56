package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ImageShape;

/** Makes an example of a stored sample. Safe for use by threads. */
final class SampleDecoder {
  private final ImageShape imageShape;
  private final ImageDecoder images;
  private final CaptionDecoder captions;

  SampleDecoder(ImageShape imageShape, Limits limits) {
    this.imageShape = imageShape;
    images = new ImageDecoder(limits);
    captions = new CaptionDecoder(limits);
  }

  Example decode(StoredSample sample) throws DataException {
    String caption = captions.decode(sample);
    Picture picture = images.decode(sample);
    return new Example(AreaFilter.toSquare(picture, imageShape), caption);
  }
}
