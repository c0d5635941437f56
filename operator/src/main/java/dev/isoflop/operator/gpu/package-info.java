/** The GPUs of this machine, and the libraries by which workers train on them. */
@NullMarked
package dev.isoflop.operator.gpu;

import org.jspecify.annotations.NullMarked;
