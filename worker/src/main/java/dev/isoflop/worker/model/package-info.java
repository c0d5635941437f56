/** The diffusion transformer: its parameters, their state, and calls into its TorchScript. */
@NullMarked
package dev.isoflop.worker.model;

import org.jspecify.annotations.NullMarked;
