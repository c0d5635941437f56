package dev.isoflop.worker.data.autoencoder;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.types.Shape;
import dev.isoflop.api.v1alpha1.data.AutoencoderSpec;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.torch.PinnedFunctions;
import dev.isoflop.worker.torch.PinnedFunctions.Argument;
import dev.isoflop.worker.torch.TorchRuntime;

/**
 * An autoencoder from a TorchScript file with two methods. {@code encode}: pictures {@code [1, 3,
 * H, W]} in [-1, 1] to {@code [1, C, h, w]}, the latents or the means of their distribution, or to
 * {@code [1, 2C, h, w]}, means and then standard deviations. {@code decode}: latents {@code [1, C,
 * h, w]} to pictures. H is h times the downsampling.
 *
 * <p>Safe for use by threads, which wait for one another.
 */
public final class Autoencoder implements AutoCloseable {
  private static final String FIELD = "data.autoencoder";

  private final PinnedFunctions functions;
  private final AutoencoderSpec spec;
  private final ImageShape latents;
  private final ImageShape pictures;

  private Autoencoder(
      PinnedFunctions functions, AutoencoderSpec spec, ImageShape latents, ImageShape pictures) {
    this.functions = functions;
    this.spec = spec;
    this.latents = latents;
    this.pictures = pictures;
  }

  /**
   * Loads an autoencoder and tries both its methods.
   *
   * @param spec as {@link dev.isoflop.rules.DataRules} allow it
   * @param latents what a model sees: {@code data.channels} and {@code data.imageSize}
   * @throws DataException naming the field that is wrong
   */
  public static Autoencoder load(TorchRuntime torch, AutoencoderSpec spec, ImageShape latents)
      throws DataException {
    ImageShape pictures = pictures(spec, latents);
    Autoencoder loaded =
        new Autoencoder(
            PinnedFunctions.load(
                torch, requireNonNull(spec.uri()), requireNonNull(spec.sha256()), FIELD),
            spec,
            latents,
            pictures);
    try {
      loaded.encode(new float[pictures.length()]);
      loaded.decode(new float[latents.length()]);
    } catch (DataException e) {
      loaded.close();
      throw e;
    }
    return loaded;
  }

  /** The shape that pictures are made in, before they are encoded. */
  public static ImageShape pictures(AutoencoderSpec spec, ImageShape latents) {
    return new ImageShape(3, latents.size() * spec.downsampling());
  }

  /** The shape of the pictures. */
  public ImageShape pictures() {
    return pictures;
  }

  /** The shape of the latents. */
  public ImageShape latents() {
    return latents;
  }

  /**
   * What {@code encode} gives for a picture, unscaled.
   *
   * @param picture {@code [3, H, W]} in [-1, 1]
   * @return {@code [C, h, w]}, or {@code [2C, h, w]} of means and standard deviations
   */
  float[] encode(float[] picture) throws DataException {
    PinnedFunctions.Result result =
        functions.call("encode", Argument.floats(picture, shape(pictures, 1)));
    if (!result.shape().equals(shape(latents, 1)) && !result.shape().equals(shape(latents, 2))) {
      throw functions.failed(
          "encode",
          ("gives %s for pictures of %d pixels instead of %s or %s, by data.channels,"
                  + " data.imageSize and data.autoencoder.downsampling")
              .formatted(result.shape(), pictures.size(), shape(latents, 1), shape(latents, 2)),
          null);
    }
    return result.values();
  }

  /**
   * The picture of what a model sees.
   *
   * @param scaled {@code [C, h, w]}, shifted and scaled
   * @return {@code [3, H, W]} in [-1, 1]
   */
  public float[] decode(float[] scaled) throws DataException {
    float[] plain = new float[scaled.length];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (float) (scaled[i] / spec.scaleFactor() + spec.shift());
    }
    PinnedFunctions.Result result =
        functions.call("decode", Argument.floats(plain, shape(latents, 1)));
    if (!result.shape().equals(shape(pictures, 1))) {
      throw functions.failed(
          "decode", "gives %s instead of %s".formatted(result.shape(), shape(pictures, 1)), null);
    }
    float[] picture = result.values();
    for (int i = 0; i < picture.length; i++) {
      picture[i] = Math.max(-1f, Math.min(1f, picture[i]));
    }
    return picture;
  }

  /** Scales a latent to what a model sees. */
  float scale(double latent) {
    return (float) ((latent - spec.shift()) * spec.scaleFactor());
  }

  private static Shape shape(ImageShape of, int parts) {
    return new Shape(1, (long) parts * of.channels(), of.size(), of.size());
  }

  /** Digest of all that decides the unscaled latents of a picture. */
  String fileDigest() {
    return "autoencoder-sha256:" + spec.sha256() + "-pixels" + pictures.size();
  }

  /** Digest of all that decides what a model sees of a picture. */
  public String digest() {
    return fileDigest() + "-factor" + spec.scaleFactor() + "-shift" + spec.shift();
  }

  @Override
  public void close() {
    functions.close();
  }
}
