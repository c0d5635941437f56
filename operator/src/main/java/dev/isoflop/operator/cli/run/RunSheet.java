package dev.isoflop.operator.cli.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isoflop.api.v1alpha1.status.ComputeStatus;
import dev.isoflop.api.v1alpha1.status.TrialCounts;
import dev.isoflop.operator.cli.laws.LawSheet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished run, for programs.
 *
 * @param folder of the run
 * @param files that were written for people and for other programs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunSheet(
    String sweep,
    String folder,
    List<String> files,
    @Nullable TrialCounts trials,
    @Nullable ComputeStatus compute,
    @JsonUnwrapped LawSheet laws) {}
