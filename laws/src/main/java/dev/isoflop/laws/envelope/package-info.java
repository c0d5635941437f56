/**
 * Laws from the lower envelope of training curves (approach 1 of Hoffmann et al. 2022).
 *
 * <p>Start at {@link dev.isoflop.laws.envelope.Envelope}.
 *
 * <p>Uses {@code compare}, {@code fit} and what they use.
 */
@NullMarked
package dev.isoflop.laws.envelope;

import org.jspecify.annotations.NullMarked;
