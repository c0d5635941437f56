/** Data sets whose examples can be read in any order: by number rather than one after the other. */
@NullMarked
package dev.isoflop.worker.data.indexed;

import org.jspecify.annotations.NullMarked;
