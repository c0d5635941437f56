package dev.isoflop.api.v1alpha1.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.model.Architecture;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Settings that all models of the grid share. */
public record ModelSpec(
    @Default("InContext")
        @JsonPropertyDescription(
            "How text and time reach the image tokens: InContext, CrossAttention or AdaLNZero.")
        Architecture architecture,
    @Min(1)
        @Max(8192)
        @Default("64")
        @JsonPropertyDescription("Width of a model divided by its layers.")
        Integer widthPerLayer,
    @Min(1)
        @Max(8192)
        @Default("64")
        @JsonPropertyDescription("Features of one attention head; must divide the width.")
        Integer headDimension,
    @Min(1)
        @Max(64)
        @Default("2")
        @JsonPropertyDescription(
            "Edge of a square patch, in pixels or latent cells; must divide data.imageSize.")
        Integer patchSize) {

  public ModelSpec {
    architecture = architecture == null ? Architecture.InContext : architecture;
    widthPerLayer = widthPerLayer == null ? 64 : widthPerLayer;
    headDimension = headDimension == null ? 64 : headDimension;
    patchSize = patchSize == null ? 2 : patchSize;
  }
}
