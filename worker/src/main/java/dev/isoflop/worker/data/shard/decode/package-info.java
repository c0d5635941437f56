/**
 * Makes an example of a stored sample: latents, captions, features, and their cache.
 *
 * <p>Uses {@code read}.
 */
@NullMarked
package dev.isoflop.worker.data.shard.decode;

import org.jspecify.annotations.NullMarked;
