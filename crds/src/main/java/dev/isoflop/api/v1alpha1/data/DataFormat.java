package dev.isoflop.api.v1alpha1.data;

/** Storage format of a data set. */
public enum DataFormat {
  /** Procedurally drawn captioned scenes, built in; no file is read. */
  Scenes,
  /**
   * Tar shards of key.png, key.jpg, key.webp, key.latent.npy or key.npy beside key.txt, key.json or
   * key.cls.
   */
  WebDataset,
  /** A file of grey images and one of their classes, as MNIST and Fashion-MNIST are given out. */
  IDX,
  /** A captions file of COCO with its folder of images. */
  COCO,
  /** Folders of MosaicML Streaming shards with their index.json. */
  MDS,
  /**
   * Folders or zip files of .npy latents with dataset.json (EDM2, REPA) or data_info.json (PixArt),
   * or in folders NAME_features and NAME_labels (fast-DiT).
   */
  Npy,
  /** Safetensors files of latents [N, C, H, W] with labels or text features. */
  Safetensors
}
