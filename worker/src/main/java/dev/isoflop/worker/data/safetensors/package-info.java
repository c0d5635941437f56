/**
 * Safetensors files: a length, a JSON header of that length with each tensor's type, shape and
 * place, then the numbers. Row n of each tensor that is read belongs to sample n.
 */
@NullMarked
package dev.isoflop.worker.data.safetensors;

import org.jspecify.annotations.NullMarked;
