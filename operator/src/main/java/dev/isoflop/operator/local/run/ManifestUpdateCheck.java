package dev.isoflop.operator.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.operator.plan.GrownGrid;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.trial.TrialJson;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Whether a manifest may go on in a folder, as an API server would say: fields that define the
 * experiment stay as they were, the others are taken over.
 */
final class ManifestUpdateCheck {
  private static final String WAY_OUT =
      "give the new experiment another metadata.name, or start over with --fresh (the old folder is"
          + " kept)";

  private final SweepFolder folder;
  private final PlanResult.Planned plan;
  private final Instant now;
  private final Consumer<String> notice;

  ManifestUpdateCheck(
      SweepFolder folder, PlanResult.Planned plan, Instant now, Consumer<String> notice) {
    this.folder = folder;
    this.plan = plan;
    this.now = now;
    this.notice = notice;
  }

  /** The answer to a manifest. */
  sealed interface Answer {
    /** It stands in the folder now. */
    record Accepted(ScalingSweep sweep) implements Answer {}

    /** The folder is another experiment's. */
    record Refused(List<String> reasons) implements Answer {}
  }

  Answer accept(ScalingSweep manifest) throws LocalFaultException {
    Optional<ScalingSweep> accepted = folder.accepted(notice);
    List<String> reasons = new ArrayList<>();
    if (accepted.isPresent()) {
      for (ManifestChange change :
          ManifestChange.between(accepted.get().getSpec(), manifest.getSpec())) {
        reasons.add(
            "%s, but the trials in %s were made with the former; %s"
                .formatted(change, folder.path(), WAY_OUT));
      }
    }
    if (reasons.isEmpty()) {
      foreign().ifPresent(reasons::add);
    }
    if (!reasons.isEmpty()) {
      return new Answer.Refused(reasons);
    }
    if (accepted.isPresent()) {
      tellGrowth(accepted.get().getSpec(), manifest.getSpec());
    }
    return new Answer.Accepted(store(manifest, accepted));
  }

  /**
   * Trials that this plan lacks would be silently left behind, and others trained in their place.
   */
  private Optional<String> foreign() throws LocalFaultException {
    Set<String> planned =
        plan.plan().trials().stream().map(PlannedTrial::name).collect(Collectors.toSet());
    List<String> foreign =
        existing().stream()
            .filter(name -> !planned.contains(name))
            .filter(name -> plan.reserve().find(name).isEmpty())
            .toList();
    return foreign.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: holds %s; they belong to another manifest or another version of Isoflop: %s"
                .formatted(
                    folder.path(),
                    foreign.size() == 1
                        ? "a trial that this manifest does not plan, " + foreign.get(0)
                        : "%d trials that this manifest does not plan, such as %s"
                            .formatted(foreign.size(), foreign.get(0)),
                    WAY_OUT));
  }

  private List<String> existing() throws LocalFaultException {
    return folder.trials().stream()
        .filter(trial -> Files.exists(trial.file(TrialFolder.TRIAL)))
        .map(TrialFolder::name)
        .toList();
  }

  /** Says what a larger grid adds to a folder. */
  private void tellGrowth(ScalingSweepSpec accepted, ScalingSweepSpec now)
      throws LocalFaultException {
    if (json(accepted).path("grid").equals(json(now).path("grid"))) {
      return;
    }
    List<String> existing = existing();
    long added =
        GrownGrid.of(plan, existing).trials().stream()
            .filter(trial -> !existing.contains(trial.name()))
            .count();
    notice.accept(
        "spec.grid was changed: the %s, %s new"
            .formatted(
                existing.size() == 1
                    ? "trial in %s stays".formatted(folder.path())
                    : "%d trials in %s stay".formatted(existing.size(), folder.path()),
                added == 1 ? "1 is" : added + " are"));
  }

  private ScalingSweep store(ScalingSweep manifest, Optional<ScalingSweep> accepted)
      throws LocalFaultException {
    ObjectMeta before = accepted.map(ScalingSweep::getMetadata).orElseGet(ObjectMeta::new);
    long generation = Optional.ofNullable(before.getGeneration()).orElse(0L);
    boolean changed =
        !accepted
            .map(ScalingSweep::getSpec)
            .map(ManifestUpdateCheck::json)
            .equals(Optional.of(json(manifest.getSpec())));
    String created =
        Optional.ofNullable(before.getCreationTimestamp())
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    ScalingSweep sweep = new ScalingSweep();
    sweep.setMetadata(
        new ObjectMetaBuilder(manifest.getMetadata())
            .withGeneration(changed ? generation + 1 : generation)
            .withCreationTimestamp(created)
            .build());
    sweep.setSpec(manifest.getSpec());
    folder.accept(sweep);
    return sweep;
  }

  private static JsonNode json(ScalingSweepSpec spec) {
    return TrialJson.MAPPER.valueToTree(spec);
  }
}
