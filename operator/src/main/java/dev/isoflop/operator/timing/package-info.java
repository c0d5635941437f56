/** Times at which something may happen, for every place where sweeps run. */
@NullMarked
package dev.isoflop.operator.timing;

import org.jspecify.annotations.NullMarked;
