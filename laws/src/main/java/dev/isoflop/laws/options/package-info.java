/**
 * How to fit: what is weighted by what, which bootstrap, which confidence, which objective of the
 * surface.
 *
 * <p>Uses no other package of this module.
 */
@NullMarked
package dev.isoflop.laws.options;

import org.jspecify.annotations.NullMarked;
