/** Captions as the vectors that a model is conditioned on. */
@NullMarked
package dev.isoflop.worker.data.text;

import org.jspecify.annotations.NullMarked;
