package dev.isoflop.api.v1alpha1.data;

/** The type of stored latents, little-endian. */
public enum LatentType {
  Float16,
  BFloat16,
  Float32
}
