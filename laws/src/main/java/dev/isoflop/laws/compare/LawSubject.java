package dev.isoflop.laws.compare;

import dev.isoflop.laws.data.MetricSeries;

/** The quantity that a law describes. */
public sealed interface LawSubject {

  /** The three laws that every sweep is fitted for. */
  enum Optimal implements LawSubject {
    /** N*(C). */
    PARAMETERS("N*"),
    /** D*(C). */
    TOKENS("D*"),
    /** loss*(C). */
    LOSS("loss");

    private final String symbol;

    Optimal(String symbol) {
      this.symbol = symbol;
    }

    @Override
    public String title() {
      return symbol;
    }
  }

  /** A further metric of the compute-optimal models on one evaluation set. */
  record Metric(MetricSeries series) implements LawSubject {
    @Override
    public String title() {
      return series.toString();
    }
  }

  /** The name in tables, such as {@code N*} or {@code FID on coco-2014}. */
  String title();
}
