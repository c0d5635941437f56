package dev.isoflop.operator.dataset;

/** A tensor, row by row. Holder of its arrays, which nobody changes. */
record Weight(int[] shape, float[] values) {}
