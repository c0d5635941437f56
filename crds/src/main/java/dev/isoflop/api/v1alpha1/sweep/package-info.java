/**
 * How a sweep is laid out and run: its grid, its laws, where and when its trials run, what failures
 * it may cost.
 *
 * <p>Uses {@code bounds} and {@code training}.
 */
@NullMarked
package dev.isoflop.api.v1alpha1.sweep;

import org.jspecify.annotations.NullMarked;
