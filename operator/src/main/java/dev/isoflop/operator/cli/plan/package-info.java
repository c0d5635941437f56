/** Planned grids as {@code isoflop plan} shows them. */
@NullMarked
package dev.isoflop.operator.cli.plan;

import org.jspecify.annotations.NullMarked;
