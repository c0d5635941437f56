/**
 * Captioned images from WebDataset shards: tar files in which the files of one sample stand next to
 * each other and share their name up to the first dot, as img2dataset writes them.
 *
 * <p>Training reads the shards of an epoch in a random order and shuffles within blocks of bounded
 * size. Blocks, unlike a sliding shuffle buffer, make the place of every example computable from
 * the headers of the files, so that a run can be resumed at any example without reading the images
 * before it. Nothing is ever unpacked; names inside a shard are labels and no paths.
 */
@NullMarked
package dev.isoflop.worker.data.webdataset;

import org.jspecify.annotations.NullMarked;
