package dev.isoflop.api.v1alpha1.training;

/** Arithmetic of the matrix multiplications. */
public enum Precision {
  /** BF16 where the device is faster with it, else FP32. */
  Auto,
  /** 32-bit floats. */
  FP32,
  /** bfloat16 products, 32-bit master weights. */
  BF16
}
