/**
 * Commands about data and machines: {@code data check}, {@code data emoji}, {@code data features},
 * {@code native}.
 *
 * <p>Uses {@code shared} and {@code run}.
 */
@NullMarked
package dev.isoflop.operator.cli.data;

import org.jspecify.annotations.NullMarked;
