package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One named data set. */
public record DatasetSpec(
    @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @JsonPropertyDescription("Name in metrics and reports.")
        String name,
    @Required
        @Size(min = 1, max = 2048)
        @JsonPropertyDescription(
            "Where it is: scenes:solid or scenes:sketched for Scenes; a path or file: URI for"
                + " WebDataset, with brace ranges ({00000..00031}), globs, or several separated by"
                + " commas.")
        String uri,
    @Required @JsonPropertyDescription("How it is stored: Scenes or WebDataset.")
        DataFormat format) {}
