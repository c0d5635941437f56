/** What is random in diffusion training, as functions of seed, purpose and position. */
@NullMarked
package dev.isoflop.worker.diffusion;

import org.jspecify.annotations.NullMarked;
