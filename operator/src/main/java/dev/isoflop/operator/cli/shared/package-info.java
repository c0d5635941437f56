/**
 * What all commands stand on: streams, exit statuses, options and formats that several of them
 * have.
 *
 * <p>Uses {@code text}.
 */
@NullMarked
package dev.isoflop.operator.cli.shared;

import org.jspecify.annotations.NullMarked;
