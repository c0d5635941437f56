/**
 * What a report is made from, and how it is read from the folder of a run.
 *
 * <p>Uses {@code words}.
 */
@NullMarked
package dev.isoflop.operator.report.input;

import org.jspecify.annotations.NullMarked;
