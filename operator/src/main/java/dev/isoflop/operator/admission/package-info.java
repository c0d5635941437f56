/** Whether a sweep can run as written; the same answer for plans, local runs and clusters. */
@NullMarked
package dev.isoflop.operator.admission;

import org.jspecify.annotations.NullMarked;
