/** How a run is shown while it goes on. What is shown is made by pure functions of snapshots. */
@NullMarked
package dev.isoflop.operator.cli.progress;

import org.jspecify.annotations.NullMarked;
