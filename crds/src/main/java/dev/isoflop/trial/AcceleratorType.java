package dev.isoflop.trial;

/** Kinds of accelerators that resources can ask for. */
public enum AcceleratorType {
  /** An NVIDIA GPU or a MIG instance of one; the worker trains on it by CUDA. */
  NvidiaGpu,
  /** A device that the worker has no code for. */
  Unsupported
}
