/**
 * How numbers are written in messages: budgets, counts, losses, intervals, confidences, the same in
 * every locale.
 *
 * <p>Uses {@code stats} alone.
 */
@NullMarked
package dev.isoflop.laws.text;

import org.jspecify.annotations.NullMarked;
