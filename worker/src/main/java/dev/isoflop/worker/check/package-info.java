/** Looking at a sweep's data before any trial does: all sets at once, with every fault by name. */
@NullMarked
package dev.isoflop.worker.check;

import org.jspecify.annotations.NullMarked;
