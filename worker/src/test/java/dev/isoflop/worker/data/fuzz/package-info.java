/** Damaged and hostile files, for all readers: a value or a {@code DataException}, never more. */
@NullMarked
package dev.isoflop.worker.data.fuzz;

import org.jspecify.annotations.NullMarked;
