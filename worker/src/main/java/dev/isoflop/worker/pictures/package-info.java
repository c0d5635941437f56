/** Pictures that people look at: what a model draws, at its end and on its way. */
@NullMarked
package dev.isoflop.worker.pictures;

import org.jspecify.annotations.NullMarked;
