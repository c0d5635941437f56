/**
 * The program {@code isoflop}: its commands, what they print and how they end.
 *
 * <p>Commands are plain objects that get their {@link dev.isoflop.operator.cli.shared.CliContext},
 * so a test runs them with streams, a clock and runners of its own.
 */
@NullMarked
package dev.isoflop.operator.cli;

import org.jspecify.annotations.NullMarked;
