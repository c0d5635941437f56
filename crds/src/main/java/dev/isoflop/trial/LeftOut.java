package dev.isoflop.trial;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Broken samples of one data set that a trial left out. */
public record LeftOut(
    @Required
        @Size(max = Bounds.DATASET)
        @JsonPropertyDescription("The set's place in the manifest, such as data.train.")
        String field,
    @Required @Size(max = Bounds.DATASET) @JsonPropertyDescription("The set's name.")
        String dataset,
    @Required @Min(1) @JsonPropertyDescription("Broken samples that were left out.")
        long samples) {}
