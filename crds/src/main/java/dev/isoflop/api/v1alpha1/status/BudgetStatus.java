package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One isoFLOP curve. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BudgetStatus(
    @Min(0) @JsonPropertyDescription("The budget, C.") double flops,
    @Min(0) @JsonPropertyDescription("Trials planned at it.") int trials,
    @Min(0) @JsonPropertyDescription("Trials whose loss entered the curve.") int used,
    @Min(0)
        @JsonPropertyDescription(
            "Sizes trained beyond the grid, as the optimum lay outside it; absent for none.")
        @Nullable Integer extraSizes,
    @JsonPropertyDescription("Its minimum; absent if there is none to report.")
        @Nullable OptimumStatus optimum,
    @JsonPropertyDescription("Whether the minimum lies inside the sampled sizes.")
        @Nullable Boolean interior,
    @JsonPropertyDescription("Share of the variance of loss that the parabola explains.")
        @Nullable Double rSquared,
    @Size(max = Bounds.CURVE_MESSAGE)
        @JsonPropertyDescription("Why there is no minimum, and the way out.")
        @Nullable String message) {}
