/** State on disk from which a trial continues bit for bit. */
@NullMarked
package dev.isoflop.worker.checkpoint;

import org.jspecify.annotations.NullMarked;
