/** Trained points from tables that other programs wrote. */
@NullMarked
package dev.isoflop.operator.cli.points;

import org.jspecify.annotations.NullMarked;
