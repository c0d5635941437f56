/**
 * Reads what running workers say of themselves. Progress and curves come from here; final numbers
 * never do, they stand in a trial's result.
 */
@NullMarked
package dev.isoflop.operator.collect;

import org.jspecify.annotations.NullMarked;
