package dev.isoflop.api.v1alpha1;

/** How a data set is stored. */
public enum DataFormat {
  /** Procedurally drawn captioned scenes, built in; no file is read. */
  Scenes,
  /** Tar shards of key.png, key.jpg or key.webp beside key.txt or key.json. */
  WebDataset,
  /** A file of grey images and one of their classes, as MNIST and Fashion-MNIST are given out. */
  IDX,
  /** A captions file of COCO with its folder of images. */
  COCO
}
