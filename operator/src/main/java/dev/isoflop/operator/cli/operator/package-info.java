/**
 * The command that runs the operator of a cluster.
 *
 * <p>Uses {@code shared}.
 */
@NullMarked
package dev.isoflop.operator.cli.operator;

import org.jspecify.annotations.NullMarked;
