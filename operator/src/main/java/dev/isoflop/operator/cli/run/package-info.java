/**
 * Commands that plan, run, report and retry sweeps of this machine.
 *
 * <p>Uses {@code shared}, {@code laws}, {@code plan} and {@code progress}.
 */
@NullMarked
package dev.isoflop.operator.cli.run;

import org.jspecify.annotations.NullMarked;
