/** The device that a trial trains on, and whether it is the one that was set aside for it. */
@NullMarked
package dev.isoflop.worker.device;

import org.jspecify.annotations.NullMarked;
