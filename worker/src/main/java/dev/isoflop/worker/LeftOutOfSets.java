package dev.isoflop.worker;

import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.trial.LeftOut;
import dev.isoflop.worker.data.BrokenSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Names the sets that broken samples were left out of, as the manifest does. */
final class LeftOutOfSets {
  private LeftOutOfSets() {}

  /** What was left out so far, the training set first; empty for nothing. */
  static List<LeftOut> of(BrokenSamples broken, DataSpec data) {
    SortedMap<String, Long> counts = broken.counts();
    List<LeftOut> sets = new ArrayList<>();
    add(sets, counts, "data.train", data.train());
    for (int i = 0; i < data.evaluation().size(); i++) {
      add(sets, counts, "data.evaluation[" + i + "]", data.evaluation().get(i));
    }
    return sets;
  }

  /** Readers name a set by its place or by the setting of its files there. */
  private static void add(
      List<LeftOut> sets, SortedMap<String, Long> counts, String field, DatasetSpec set) {
    long samples = counts.getOrDefault(field, 0L) + counts.getOrDefault(field + ".uri", 0L);
    if (samples > 0) {
      sets.add(new LeftOut(field, set.name(), samples));
    }
  }
}
