/** Finds out, before an operator starts, whether it can work in the cluster that it was given. */
@NullMarked
package dev.isoflop.operator.kubernetes.access;

import org.jspecify.annotations.NullMarked;
