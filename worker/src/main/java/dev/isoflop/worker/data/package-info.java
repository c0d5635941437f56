/**
 * Captioned images, as the trainer and the evaluation consume them.
 *
 * <p>A {@link dev.isoflop.worker.data.Dataset} hands out examples in an order that depends on the
 * seed alone and can be entered at any example number, which is what makes a resumed run equal to
 * one that was never stopped. A {@link dev.isoflop.worker.data.batch.BatchReader} turns such a
 * stream into arrays in the background. Every pixel is one of 256 levels mapped to [-1, 1],
 * whatever the source.
 */
@NullMarked
package dev.isoflop.worker.data;

import org.jspecify.annotations.NullMarked;
