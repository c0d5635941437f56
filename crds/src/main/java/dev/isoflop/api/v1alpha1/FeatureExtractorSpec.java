package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * The network whose features FID compares. A TorchScript file is code: it runs only with the digest
 * given here.
 */
public record FeatureExtractorSpec(
    @Required
        @Size(min = 1, max = 32)
        @Pattern("^TorchScript$")
        @JsonPropertyDescription("TorchScript.")
        String type,
    @Required @Size(min = 1, max = 2048) @JsonPropertyDescription("Where the file is.") String uri,
    @Required
        @Size(min = 64, max = 64)
        @Pattern("^[0-9a-f]{64}$")
        @JsonPropertyDescription("Digest of the file.")
        String sha256) {}
