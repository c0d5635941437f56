/** What the operator shows of sweeps and of itself to Prometheus. */
@NullMarked
package dev.isoflop.operator.meters;

import org.jspecify.annotations.NullMarked;
