/**
 * The folder of a run: resources, attempts, locks and logs as files that survive a power cut.
 *
 * <p>Uses no other package of {@code local}.
 */
@NullMarked
package dev.isoflop.operator.local.store;

import org.jspecify.annotations.NullMarked;
