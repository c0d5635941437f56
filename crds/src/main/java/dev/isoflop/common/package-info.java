/**
 * Files, digests and archives as worker and operator both write them.
 *
 * <p>Uses no other package.
 */
@NullMarked
package dev.isoflop.common;

import org.jspecify.annotations.NullMarked;
