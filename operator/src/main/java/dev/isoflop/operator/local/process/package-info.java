/**
 * Workers as processes of this machine: how they are started, found again and ended.
 *
 * <p>Uses {@code store}.
 */
@NullMarked
package dev.isoflop.operator.local.process;

import org.jspecify.annotations.NullMarked;
