package dev.isoflop.worker.data.idx;

import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.image.AreaFilter;
import dev.isoflop.worker.data.image.Picture;
import dev.isoflop.worker.data.indexed.IndexedExamples;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/** Pairs the images of one IDX file with the classes of another. */
final class IdxExamples implements IndexedExamples {
  private final String where;
  private final IdxFile images;
  private final byte[] labels;
  private final List<String> classNames;
  private final ImageShape imageShape;

  IdxExamples(
      String where, IdxFile images, byte[] labels, List<String> classNames, ImageShape imageShape) {
    this.where = where;
    this.images = images;
    this.labels = labels;
    this.classNames = List.copyOf(classNames);
    this.imageShape = imageShape;
  }

  @Override
  public int count() {
    return labels.length;
  }

  @Override
  public Example train(int index, CounterRandom choice) throws DataException {
    return evaluate(index);
  }

  @Override
  public Example evaluate(int index) throws DataException {
    byte[] pixels;
    try {
      pixels = images.read(index);
    } catch (IOException e) {
      throw new DataException(
          Kind.Unreadable,
          where,
          "entry " + index + " cannot be read (" + e + ")",
          "check the mount; files must stay as they are while a sweep runs",
          e);
    }
    int height = images.header().itemSizes().get(0);
    int width = images.header().itemSizes().get(1);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, width, height, pixels);
    return new Example(
        AreaFilter.toSquare(new Picture(image), imageShape), classNames.get(labels[index] & 0xff));
  }
}
