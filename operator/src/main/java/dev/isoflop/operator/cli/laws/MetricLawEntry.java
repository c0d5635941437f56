package dev.isoflop.operator.cli.laws;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.api.v1alpha1.status.OffsetStatus;
import org.jspecify.annotations.Nullable;

/**
 * The law of one metric.
 *
 * @param dataset the evaluation set; empty where the metric came without one
 * @param offsetFrom difference from the first evaluation set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetricLawEntry(
    String metric, String dataset, LawStatus law, @Nullable OffsetStatus offsetFrom) {

  /** {@code FID on coco-2014}, or {@code FID} alone. */
  String title() {
    return dataset.isEmpty() ? metric : metric + " on " + dataset;
  }
}
