/**
 * IDX files, as MNIST, Fashion-MNIST and their kin are given out: one file of grey images, one of
 * labels. Format: big-endian; two zero bytes, the type (8: unsigned byte), the number of
 * dimensions, a 32-bit size for each, then the values.
 */
@NullMarked
package dev.isoflop.worker.data.idx;

import org.jspecify.annotations.NullMarked;
