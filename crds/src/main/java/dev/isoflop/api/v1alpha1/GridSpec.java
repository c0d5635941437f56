package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which model sizes are trained at each budget. */
public record GridSpec(
    @Min(3) @Max(64) @Default("7") @JsonPropertyDescription("Model sizes trained at each budget.")
        Integer trialsPerBudget,
    @Default("{}")
        @JsonPropertyDescription(
            "Depths allowed; a model of L layers is model.widthPerLayer * L wide.")
        LayerRange layers,
    @Size(min = 3, max = 256)
        @JsonPropertyDescription("Shapes allowed, in place of layers and model.widthPerLayer.")
        @Nullable List<GridShape> shapes,
    @Min(1)
        @Max(1024)
        @Default("8.0")
        @JsonPropertyDescription(
            "How far sizes reach from the centre: from centre / span to centre * span.")
        Double span,
    @Default("{}")
        @JsonPropertyDescription(
            "Where the optimum is expected; sizes are spread around it on a logarithmic scale.")
        PowerLawPrior centre,
    @Min(1)
        @Max(16)
        @Default("1")
        @JsonPropertyDescription(
            "Trainings of each point, with different seeds; more than one measures the noise.")
        Integer repeats) {

  public GridSpec {
    trialsPerBudget = trialsPerBudget == null ? 7 : trialsPerBudget;
    layers = layers == null ? new LayerRange(2, 15) : layers;
    span = span == null ? 8.0 : span;
    centre = centre == null ? new PowerLawPrior(9e-4, 0.568) : centre;
    repeats = repeats == null ? 1 : repeats;
  }
}
