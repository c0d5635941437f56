/**
 * Fits scaling laws to trained models: isoFLOP curves, power laws in compute, their intervals and
 * their predictions.
 *
 * <p>Pure: the same points and options give the same bits, in any order of the points and on any
 * number of threads. Elementary functions come from {@link StrictMath}, whose results do not depend
 * on the processor. Nothing here reads a clock, a file or a network.
 *
 * <p>Start at {@link dev.isoflop.operator.laws.LawFitter}.
 */
@NullMarked
package dev.isoflop.operator.laws;

import org.jspecify.annotations.NullMarked;
