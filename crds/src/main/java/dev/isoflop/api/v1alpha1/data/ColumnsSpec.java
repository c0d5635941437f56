package dev.isoflop.api.v1alpha1.data;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Which columns or tensors of a data set are read, where its format has names for them. */
public record ColumnsSpec(
    @Size(min = 1, max = 255)
        @JsonPropertyDescription(
            "Column of the images or latents, such as latents_256; needed if more than one could be"
                + " meant.")
        @Nullable String input,
    @Size(min = 1, max = 255)
        @JsonPropertyDescription("Column of the captions; caption, text or label if not given.")
        @Nullable String caption,
    @Size(min = 1, max = 255)
        @JsonPropertyDescription(
            "Column of precomputed text features; caption_latents if not given.")
        @Nullable String text) {}
