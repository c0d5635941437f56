/** Pictures as an autoencoder's latents and back. */
@NullMarked
package dev.isoflop.worker.data.autoencoder;

import org.jspecify.annotations.NullMarked;
