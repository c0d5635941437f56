/**
 * How quantities are named and written in a report.
 *
 * <p>Uses {@code plot}.
 */
@NullMarked
package dev.isoflop.operator.report.words;

import org.jspecify.annotations.NullMarked;
