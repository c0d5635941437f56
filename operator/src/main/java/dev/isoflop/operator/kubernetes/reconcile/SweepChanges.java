package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.kubernetes.resources.Labels;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/**
 * The changes of a sweep that a turn is taken for: of its spec, of a request to try again, and its
 * deletion. Its status is the operator's own.
 */
public final class SweepChanges implements OnUpdateFilter<ScalingSweep> {
  @Override
  public boolean accept(ScalingSweep now, ScalingSweep before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Labels.retry(now).equals(Labels.retry(before))
        || !Objects.equals(
            now.getMetadata().getDeletionTimestamp(), before.getMetadata().getDeletionTimestamp());
  }
}
