package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.model.FlopConvention;
import io.fabric8.generator.annotation.Size;

/** Provenance of the laws. */
public record ProvenanceStatus(
    @Size(max = 80) @JsonPropertyDescription("Digest of the points and options.")
        String inputDigest,
    @Size(max = 128) @JsonPropertyDescription("What computed them.") String software,
    @JsonPropertyDescription("What a FLOP means here.") FlopConvention convention) {}
