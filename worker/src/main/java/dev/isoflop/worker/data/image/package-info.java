/** Stored pictures as the square arrays that models are trained on, whatever stores them. */
@NullMarked
package dev.isoflop.worker.data.image;

import org.jspecify.annotations.NullMarked;
