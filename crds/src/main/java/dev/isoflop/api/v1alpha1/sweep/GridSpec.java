package dev.isoflop.api.v1alpha1.sweep;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which model sizes are trained at each budget. It may gain sizes and repeats, and lose none. */
@ValidationRule(
    value = "has(self.shapes) == has(oldSelf.shapes)",
    message =
        "grid.shapes cannot be added to a grid of layers, nor taken away: widen layers, or create"
            + " another sweep")
public record GridSpec(
    @Min(3)
        @Max(Bounds.SIZES)
        @Default("7")
        @ValidationRule(
            value = "self >= oldSelf",
            message = "grid.trialsPerBudget may only be raised: sizes that are trained stay")
        @JsonPropertyDescription("Model sizes trained at each budget.")
        Integer trialsPerBudget,
    @Default("{}")
        @ValidationRule(
            value = "self.min <= oldSelf.min && self.max >= oldSelf.max",
            message = "grid.layers may only be widened: sizes that are trained stay")
        @JsonPropertyDescription(
            "Depths allowed; a model of L layers is model.widthPerLayer * L wide.")
        LayerRange layers,
    @Size(min = 3, max = Bounds.SHAPES)
        @ValidationRule(
            value = "oldSelf.all(s, s in self)",
            message = "grid.shapes may only gain shapes: sizes that are trained stay")
        @JsonPropertyDescription("Shapes allowed, in place of layers and model.widthPerLayer.")
        @Nullable List<GridShape> shapes,
    @Min(1)
        @Max(Bounds.SPAN)
        @Default("8.0")
        @ValidationRule(
            value = "self >= oldSelf",
            message = "grid.span may only be raised: sizes that are trained stay")
        @JsonPropertyDescription(
            "How far sizes reach from the centre: from centre / span to centre * span.")
        Double span,
    @Default("{}")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "grid.centre is immutable: it defines where sizes lie; widen grid.span instead, or"
                    + " create another sweep")
        @JsonPropertyDescription(
            "Where the optimum is expected; sizes are spread around it on a logarithmic scale.")
        PowerLawPrior centre,
    @Min(1)
        @Max(Bounds.REPEATS)
        @Default("1")
        @ValidationRule(
            value = "self >= oldSelf",
            message = "grid.repeats may only be raised: trials that are trained stay")
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
