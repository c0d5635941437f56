/** Files and folders on volumes that others may write to. */
@NullMarked
package dev.isoflop.worker.files;

import org.jspecify.annotations.NullMarked;
