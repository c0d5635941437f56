package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a cluster holds of a sweep, as the caches show it. Only what the sweep really owns:
 * resources of an earlier sweep of the same name, still to be collected, are not in it.
 *
 * @param unreadable trials of which only the metadata could be read; none of {@code trials}
 */
record ClusterView(
    ScalingSweep sweep,
    List<Trial> trials,
    Map<String, List<Job>> jobsByTrialUid,
    Map<String, List<Pod>> podsByJobUid,
    List<Trial> unreadable) {

  static ClusterView of(
      ScalingSweep sweep, Collection<Trial> trials, Collection<Job> jobs, Collection<Pod> pods) {
    List<Trial> own = trials.stream().filter(trial -> Owners.owns(sweep, trial)).toList();
    return new ClusterView(
        sweep,
        own.stream().filter(trial -> !Unreadable.is(trial)).toList(),
        byController(jobs),
        byController(pods),
        own.stream().filter(Unreadable::is).toList());
  }

  private static <T extends HasMetadata> Map<String, List<T>> byController(Collection<T> owned) {
    return owned.stream()
        .filter(item -> !Unreadable.is(item))
        .filter(item -> Owners.controllerUid(item).isPresent())
        .collect(Collectors.groupingBy(item -> Owners.controllerUid(item).orElseThrow()));
  }

  List<Job> jobs(Trial trial) {
    return jobsByTrialUid.getOrDefault(trial.getMetadata().getUid(), List.of());
  }

  List<Pod> pods(Job job) {
    return podsByJobUid.getOrDefault(job.getMetadata().getUid(), List.of());
  }
}
