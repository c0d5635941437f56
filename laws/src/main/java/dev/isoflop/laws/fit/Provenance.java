package dev.isoflop.laws.fit;

/**
 * What a reader needs to repeat the fit: the same digest means the same points and options, and so
 * the same laws to the last bit.
 *
 * @param inputDigest {@code sha256:...} of the canonical points and options
 */
public record Provenance(String inputDigest, String software, String convention, long seed) {}
