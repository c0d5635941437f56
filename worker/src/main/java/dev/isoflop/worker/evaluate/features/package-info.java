/** Distances between features of sampled pictures and of real ones. */
@NullMarked
package dev.isoflop.worker.evaluate.features;

import org.jspecify.annotations.NullMarked;
