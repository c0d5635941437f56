/**
 * WebDataset shards: tar files in which the files of one sample stand next to each other and share
 * their name up to the first dot, as img2dataset writes them.
 */
@NullMarked
package dev.isoflop.worker.data.webdataset;

import org.jspecify.annotations.NullMarked;
