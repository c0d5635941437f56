/** The training loop and the small rules it follows. */
@NullMarked
package dev.isoflop.worker.train;

import org.jspecify.annotations.NullMarked;
