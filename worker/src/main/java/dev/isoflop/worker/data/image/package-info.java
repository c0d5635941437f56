/** Stored pictures as the squares of 256 levels that models are trained on. */
@NullMarked
package dev.isoflop.worker.data.image;

import org.jspecify.annotations.NullMarked;
