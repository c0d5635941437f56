/**
 * Data sets of MosaicML Streaming (MDS): folders with an {@code index.json} that lists shards, each
 * a table of samples whose columns have encodings. Nothing is ever unpickled.
 */
@NullMarked
package dev.isoflop.worker.data.mds;

import org.jspecify.annotations.NullMarked;
