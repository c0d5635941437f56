/** What every place that runs workers gives them. */
@NullMarked
package dev.isoflop.operator.runtime;

import org.jspecify.annotations.NullMarked;
