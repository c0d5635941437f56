package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Numbers of the result in a few digits, for the columns that kubectl prints. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrialColumns(
    @Size(max = 16) @JsonPropertyDescription("D.") @Nullable String tokens,
    @Size(max = 16) @JsonPropertyDescription("ValidationLoss on the first evaluation set.")
        @Nullable String loss,
    @Size(max = 16) @JsonPropertyDescription("FID on the first evaluation set.")
        @Nullable String fid) {}
