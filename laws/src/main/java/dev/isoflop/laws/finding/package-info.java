/**
 * What may come of a fit in place of a value or beside it: errors, which say why there is no value,
 * and warnings, which say how far it can be trusted. Each carries its numbers and its remedy.
 *
 * <p>Uses {@code stats}, {@code text} and {@code data}.
 */
@NullMarked
package dev.isoflop.laws.finding;

import org.jspecify.annotations.NullMarked;
