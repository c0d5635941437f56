package dev.isoflop.laws.data;

import java.util.Comparator;

/** Subject of a law, as a function of compute: a quantity of the optimum, or a metric there. */
public sealed interface LawSubject permits LawQuantity, MetricSeries {

  /** Quantities in their own order, then metrics by name. */
  Comparator<LawSubject> ORDER = LawSubject::compare;

  private static int compare(LawSubject first, LawSubject second) {
    if (first instanceof LawQuantity ours && second instanceof LawQuantity theirs) {
      return ours.compareTo(theirs);
    }
    if (first instanceof MetricSeries ours && second instanceof MetricSeries theirs) {
      return ours.compareTo(theirs);
    }
    return first instanceof LawQuantity ? -1 : 1;
  }

  /** The name in tables, such as {@code N*} or {@code FID on coco-2014}. */
  String title();

  /** The law's name in messages, such as {@code N*(C)}. */
  String law();

  /**
   * Whether it may approach a value above 0 with compute, so that a law with an offset is tried.
   */
  boolean mayLevelOff();
}
