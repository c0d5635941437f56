package dev.isoflop.worker.data.npy;

import java.util.List;

/**
 * The pictures of a set.
 *
 * @param file the list itself, relative to the root; empty if the folders are the list
 */
record Listing(String file, List<Item> items) {
  Listing {
    items = List.copyOf(items);
  }

  /**
   * One picture.
   *
   * @param latents its npy file
   * @param caption its caption; empty if it has a label
   * @param label number of its class; -1 if it has a caption
   * @param text its file of text features; empty if the layout has none
   * @param labelFile its npy file with the number of its class; empty if the list has the number
   */
  record Item(String latents, String caption, long label, String text, String labelFile) {
    /** A picture with all but its latents and text features in the list. */
    Item(String latents, String caption, long label, String text) {
      this(latents, caption, label, text, "");
    }
  }
}
