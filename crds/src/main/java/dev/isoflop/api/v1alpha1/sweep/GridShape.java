package dev.isoflop.api.v1alpha1.sweep;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** One shape that the grid may use, for grids that do not follow the width rule. */
public record GridShape(
    @Required @Min(1) @Max(Bounds.LAYERS) @JsonPropertyDescription("Transformer blocks.")
        int layers,
    @Required
        @Min(4)
        @Max(Bounds.WIDTH)
        @JsonPropertyDescription("Features of a token; a multiple of 4 and of model.headDimension.")
        int width) {}
