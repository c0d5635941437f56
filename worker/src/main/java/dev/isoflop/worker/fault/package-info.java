/** How a trial fails: typed, with a message that names the way out. */
@NullMarked
package dev.isoflop.worker.fault;

import org.jspecify.annotations.NullMarked;
