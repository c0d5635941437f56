/**
 * The figures of a report, drawn with {@link dev.isoflop.operator.report.plot}.
 *
 * <p>Uses {@code input}, {@code words} and {@code plot}.
 */
@NullMarked
package dev.isoflop.operator.report.figures;

import org.jspecify.annotations.NullMarked;
