package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.shard.decode.ExampleContent;

/**
 * Which files of a sample are used.
 *
 * @param latents whether latents are wanted, and not images
 * @param text whether precomputed text features are wanted, and captions may be absent
 */
record SampleParts(boolean latents, boolean text) {
  static SampleParts of(ExampleContent content) {
    return new SampleParts(content.latents().isPresent(), content.textFeatures().isPresent());
  }

  boolean isUsed(SampleName name) {
    return isInput(name) || name.isCaption() || isText(name);
  }

  boolean isInput(SampleName name) {
    return latents ? name.isLatent() : name.isImage();
  }

  boolean isText(SampleName name) {
    return text && name.isText();
  }
}
