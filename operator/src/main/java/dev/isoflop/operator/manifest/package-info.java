/** Reads what users write, and says what is wrong with it before anything is spent. */
@NullMarked
package dev.isoflop.operator.manifest;

import org.jspecify.annotations.NullMarked;
