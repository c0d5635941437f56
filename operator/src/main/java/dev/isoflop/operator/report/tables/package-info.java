/**
 * The tables of a report.
 *
 * <p>Uses {@code input}, {@code words} and {@code plot}.
 */
@NullMarked
package dev.isoflop.operator.report.tables;

import org.jspecify.annotations.NullMarked;
