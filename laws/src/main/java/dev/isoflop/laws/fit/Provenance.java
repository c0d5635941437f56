package dev.isoflop.laws.fit;

/**
 * Provenance of a fit, which is enough to repeat it: the same digest means the same points and
 * options, and so the same laws to the last bit.
 *
 * @param inputDigest {@code sha256:...} of the canonical points and options
 */
public record Provenance(String inputDigest, String software, String convention, long seed) {}
