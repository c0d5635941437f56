/** What is computed once and kept on disk for all trials of a sweep: features and latents. */
@NullMarked
package dev.isoflop.worker.data.cache;

import org.jspecify.annotations.NullMarked;
