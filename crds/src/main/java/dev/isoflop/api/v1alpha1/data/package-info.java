/**
 * What a sweep trains on and is evaluated on: files, columns, latents, autoencoders, text encoders,
 * feature extractors.
 *
 * <p>Uses no other package of the API.
 */
@NullMarked
package dev.isoflop.api.v1alpha1.data;

import org.jspecify.annotations.NullMarked;
