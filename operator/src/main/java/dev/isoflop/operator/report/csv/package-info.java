/**
 * The tables that other programs read.
 *
 * <p>Uses {@code input} and {@code words}.
 */
@NullMarked
package dev.isoflop.operator.report.csv;

import org.jspecify.annotations.NullMarked;
