/** Measuring a trained model on evaluation sets. */
@NullMarked
package dev.isoflop.worker.evaluate;

import org.jspecify.annotations.NullMarked;
