package dev.isoflop.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MeasuredGaugesTest {
  private static final String[] TRIAL = {"local", "sweep", "trial", "1.0E9"};

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final MeasuredGauges gauges = new MeasuredGauges(registry);

  private String scrape() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void measured(Metric metric, String dataset, double value) {
    gauges.set(TRIAL, new MetricValue(metric, dataset, value, 0.1, 10, null));
  }

  @Test
  void showsEveryMetricOfEverySet() throws Exception {
    measured(Metric.VLB, "one", 4.5);
    measured(Metric.VLB, "two", 5.5);
    measured(Metric.Likelihood, "one", -0.25);
    measured(Metric.FID, "one", 12);

    String labels =
        "{budget=\"1.0E9\",dataset=\"%s\",namespace=\"local\",sweep=\"sweep\",trial=\"trial\"} %s";
    assertThat(scrape().lines())
        .contains(
            "isoflop_vlb_bits_per_dimension" + labels.formatted("one", "4.5"),
            "isoflop_vlb_bits_per_dimension" + labels.formatted("two", "5.5"),
            "isoflop_likelihood_bits_per_dimension" + labels.formatted("one", "-0.25"),
            "isoflop_fid" + labels.formatted("one", "12.0"));
  }

  @Test
  void whatWasNotMeasuredIsAbsent() throws Exception {
    measured(Metric.ValidationLoss, "one", 0.5);

    assertThat(scrape()).contains("isoflop_validation_loss").doesNotContain("isoflop_vlb");
  }
}
