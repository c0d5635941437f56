/** Opens data sets of any format from what a manifest says of them. */
@NullMarked
package dev.isoflop.worker.data.open;

import org.jspecify.annotations.NullMarked;
