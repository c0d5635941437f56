/** Tests of what is installed: the chart, its dashboards and its alerts. */
@NullMarked
package dev.isoflop.helm;

import org.jspecify.annotations.NullMarked;
