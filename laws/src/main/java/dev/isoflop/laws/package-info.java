/**
 * Fits scaling laws to trained models: isoFLOP curves, power laws in compute, their intervals and
 * their predictions. A plain library.
 *
 * <p>Pure: the same points and options give the same bits, in any order of the points and on any
 * number of threads. Elementary functions come from {@link StrictMath}, whose results do not depend
 * on the processor. Nothing here reads a clock, a file or a network, and no framework is used.
 *
 * <p>Read the packages in this order; the page of each says which others it may use:
 *
 * <ol>
 *   <li>{@link dev.isoflop.laws.data}: the trained models
 *   <li>{@link dev.isoflop.laws.options}: how to fit them
 *   <li>{@link dev.isoflop.laws.fit}: all laws of a sweep, from {@link
 *       dev.isoflop.laws.fit.LawFitter} down
 *   <li>{@link dev.isoflop.laws.isoflop}, {@link dev.isoflop.laws.powerlaw} and {@link
 *       dev.isoflop.laws.surface}: the three fits that it is made of
 *   <li>{@link dev.isoflop.laws.finding}: what a fit may say instead of a value, or beside it
 *   <li>{@link dev.isoflop.laws.compare} and {@link dev.isoflop.laws.envelope}: sweeps against each
 *       other, and the third way to the laws
 *   <li>{@link dev.isoflop.laws.stats} and {@link dev.isoflop.laws.text}: what all of them stand on
 * </ol>
 */
@NullMarked
package dev.isoflop.laws;

import org.jspecify.annotations.NullMarked;
