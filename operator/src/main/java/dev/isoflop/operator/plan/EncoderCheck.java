package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.data.AutoencoderSpec;
import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the text encoder and the autoencoder: files that are code have their digest, fixed widths
 * are kept to, and pictures come out in a size that can be made.
 */
final class EncoderCheck {
  private static final int MINILM_WIDTH = 384;
  private static final int MINILM_TOKENS = 512;
  private static final int LEAST_PIXELS = 8;
  private static final int MOST_PIXELS = 1024;
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final DataSpec data;
  private final List<PlanError> refusals = new ArrayList<>();

  private EncoderCheck(DataSpec data) {
    this.data = data;
  }

  static List<PlanError> of(DataSpec data) {
    EncoderCheck check = new EncoderCheck(data);
    check.textEncoder(data.textEncoder());
    check.autoencoder(data.autoencoder());
    return List.copyOf(check.refusals);
  }

  private void textEncoder(TextEncoderSpec encoder) {
    String field = "data.textEncoder";
    file(
        field,
        encoder.type() == TextEncoderType.TorchScript,
        encoder.type().name(),
        encoder.uri(),
        encoder.sha256());
    if (encoder.type() == TextEncoderType.MiniLM && encoder.width() != MINILM_WIDTH) {
      refuse(
          field + ".width",
          "is " + encoder.width() + ", but MiniLM's features are " + MINILM_WIDTH + " wide",
          "set it to " + MINILM_WIDTH);
    }
    if (encoder.type() == TextEncoderType.MiniLM && encoder.tokens() > MINILM_TOKENS) {
      refuse(
          field + ".tokens",
          "is " + encoder.tokens() + ", but MiniLM takes " + MINILM_TOKENS + " at most",
          "lower it; 32 is enough for most captions");
    }
  }

  private void autoencoder(AutoencoderSpec autoencoder) {
    String field = "data.autoencoder";
    boolean torchScript = autoencoder.type() == AutoencoderType.TorchScript;
    file(field, torchScript, autoencoder.type().name(), autoencoder.uri(), autoencoder.sha256());
    if (!torchScript) {
      return;
    }
    long pixels = (long) data.imageSize() * autoencoder.downsampling();
    if (pixels < LEAST_PIXELS || pixels > MOST_PIXELS) {
      refuse(
          "data.imageSize",
          "is %d latent cells, which at %s.downsampling %d are pictures of %d pixels"
              .formatted(data.imageSize(), field, autoencoder.downsampling(), pixels),
          "give the edge of the latents, so that pictures have %d to %d pixels"
              .formatted(LEAST_PIXELS, MOST_PIXELS));
    }
    double factor = autoencoder.scaleFactor();
    if (!(factor > 0 && Double.isFinite(factor))) {
      refusals.add(
          new PlanError.OutOfRange(
              field + ".scaleFactor",
              Double.toString(factor),
              "a positive number, such as 0.18215"));
    }
    if (!Double.isFinite(autoencoder.shift())) {
      refusals.add(
          new PlanError.OutOfRange(field + ".shift", autoencoder.shift().toString(), "a number"));
    }
    if (data.train() != null && data.train().latents() != null) {
      refuse(
          "data.train.latents",
          "says that latents are stored, but " + field + " encodes pictures",
          "remove one of the two");
    }
  }

  private void file(
      String field, boolean needed, String type, @Nullable String uri, @Nullable String sha256) {
    if (!needed) {
      unused(field + ".uri", uri, type);
      unused(field + ".sha256", sha256, type);
      return;
    }
    if (uri == null) {
      refusals.add(new PlanError.Missing(field + ".uri", "give the TorchScript file"));
    }
    if (sha256 == null) {
      refusals.add(
          new PlanError.Missing(
              field + ".sha256", "give what sha256sum says of the file; it is code"));
    } else if (!DIGEST.matcher(sha256).matches()) {
      refusals.add(
          new PlanError.OutOfRange(
              field + ".sha256", sha256, "64 hexadecimal digits in lower case"));
    }
  }

  private void unused(String field, @Nullable String value, String type) {
    if (value != null) {
      refuse(field, "is given, but type " + type + " reads no file", "remove it");
    }
  }

  private void refuse(String field, String problem, String remedy) {
    refusals.add(new PlanError.DataInvalid(field, problem, remedy));
  }
}
