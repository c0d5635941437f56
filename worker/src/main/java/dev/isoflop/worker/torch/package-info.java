/** TorchScript from readable source: packing it, loading it into libtorch, calling it. */
@NullMarked
package dev.isoflop.worker.torch;

import org.jspecify.annotations.NullMarked;
