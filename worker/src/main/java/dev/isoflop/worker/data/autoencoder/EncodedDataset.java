package dev.isoflop.worker.data.autoencoder;

import dev.isoflop.common.Sha256;
import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.DatasetPart;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.PendingExample;
import dev.isoflop.worker.data.ValueKind;
import dev.isoflop.worker.data.cache.FeatureStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A set of pictures seen through an autoencoder. The noise of a training example is a function of
 * seed and example number, that of an evaluation example of its number alone: evaluation draws too,
 * for means are narrower than what models learn.
 */
public final class EncodedDataset implements Dataset {
  private static final long TRAINING = 5;
  private static final long EVALUATION = 6;

  private final Dataset pictures;
  private final Autoencoder autoencoder;
  private final LatentEncoder encoder;

  /**
   * Puts an autoencoder behind a set.
   *
   * @param pictures in the shape that the autoencoder asks for
   * @param cache keeps the latents, see {@link #storeName}
   */
  public EncodedDataset(Dataset pictures, Autoencoder autoencoder, FeatureStore cache) {
    if (!pictures.imageShape().equals(autoencoder.pictures())) {
      throw new IllegalArgumentException(
          "pictures are made as %s, but the autoencoder takes %s"
              .formatted(pictures.imageShape(), autoencoder.pictures()));
    }
    this.pictures = pictures;
    this.autoencoder = autoencoder;
    encoder = new LatentEncoder(autoencoder, cache);
  }

  /** The name under which an autoencoder's latents are kept in a {@link FeatureStore}. */
  public static String storeName(Autoencoder autoencoder) {
    return autoencoder.fileDigest();
  }

  @Override
  public String name() {
    return pictures.name();
  }

  @Override
  public ImageShape imageShape() {
    return autoencoder.latents();
  }

  @Override
  public ValueKind valueKind() {
    return ValueKind.LATENTS;
  }

  @Override
  public ExampleStream train(long seed, long firstExample) throws DataException {
    return new Encoded(pictures.train(seed, firstExample), firstExample, TRAINING, seed);
  }

  @Override
  public ExampleStream evaluation(long count) throws DataException {
    return new Encoded(pictures.evaluation(count), 0, EVALUATION, 0);
  }

  @Override
  public OptionalLong size() throws DataException {
    return pictures.size();
  }

  @Override
  public List<DatasetPart> parts() throws DataException {
    return pictures.parts();
  }

  @Override
  public String digest() throws DataException {
    return Sha256.of(pictures.digest() + "\n" + autoencoder.digest());
  }

  @Override
  public Set<Path> files() throws DataException {
    return pictures.files();
  }

  @Override
  public Set<String> sources() throws DataException {
    return pictures.sources();
  }

  private final class Encoded implements ExampleStream {
    private final ExampleStream stream;
    private final long purpose;
    private final long seed;
    private long number;

    Encoded(ExampleStream stream, long first, long purpose, long seed) {
      this.stream = stream;
      this.purpose = purpose;
      this.seed = seed;
      number = first;
    }

    @Override
    public Optional<PendingExample> next() throws DataException {
      Optional<PendingExample> picture = stream.next();
      long current = number++;
      return picture.map(pending -> () -> encode(pending.decode(), current));
    }

    private Example encode(Example example, long current) throws DataException {
      float[] latent = encoder.encode(example.image(), new CounterRandom(purpose, seed, current));
      return example.textFeatures().isPresent()
          ? new Example(latent, example.caption(), example.textFeatures().get())
          : new Example(latent, example.caption());
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}
