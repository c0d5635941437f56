package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.resources.Owners;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The resources of a sweep, as the caches show them. Only what the sweep really owns: resources of
 * an earlier sweep of the same name, still to be collected, are not in it.
 *
 * @param jobsByTrialUid Jobs that the operator made for the newest attempts
 * @param unreadable trials of which only the metadata could be read; none of {@code trials}
 * @param earlier Jobs of attempts that were ended before
 * @param foreign Jobs that name a trial as their owner, but that the operator did not make
 */
public record ClusterView(
    ScalingSweep sweep,
    List<Trial> trials,
    Map<String, List<Job>> jobsByTrialUid,
    Map<String, List<Pod>> podsByJobUid,
    List<Trial> unreadable,
    Map<String, List<Job>> earlier,
    List<ForeignJob> foreign) {

  /** A Job that claims to be a trial's. */
  public record ForeignJob(Trial trial, Job job) {}

  public static ClusterView of(
      ScalingSweep sweep, Collection<Trial> trials, Collection<Job> jobs, Collection<Pod> pods) {
    List<Trial> own = trials.stream().filter(trial -> Owners.owns(sweep, trial)).toList();
    List<Trial> readable = own.stream().filter(trial -> !Unreadable.is(trial)).toList();
    Map<String, List<Job>> owned = byController(jobs);
    Map<String, List<Job>> newest = new HashMap<>();
    Map<String, List<Job>> earlier = new HashMap<>();
    List<ForeignJob> foreign = new ArrayList<>();
    for (Trial trial : readable) {
      String uid = trial.getMetadata().getUid();
      for (Job job : owned.getOrDefault(uid, List.of())) {
        switch (JobOrigin.of(trial, job)) {
          case NewestAttempt -> newest.computeIfAbsent(uid, none -> new ArrayList<>()).add(job);
          case EarlierAttempt -> earlier.computeIfAbsent(uid, none -> new ArrayList<>()).add(job);
          case Foreign -> foreign.add(new ForeignJob(trial, job));
        }
      }
    }
    return new ClusterView(
        sweep,
        readable,
        newest,
        byController(pods),
        own.stream().filter(Unreadable::is).toList(),
        earlier,
        foreign);
  }

  /** This view with a trial as it was stored meanwhile. */
  public ClusterView with(Trial stored) {
    String uid = stored.getMetadata().getUid();
    return new ClusterView(
        sweep,
        trials.stream()
            .map(trial -> uid.equals(trial.getMetadata().getUid()) ? stored : trial)
            .toList(),
        jobsByTrialUid,
        podsByJobUid,
        unreadable,
        earlier,
        foreign);
  }

  private static <T extends HasMetadata> Map<String, List<T>> byController(Collection<T> owned) {
    return owned.stream()
        .filter(item -> !Unreadable.is(item))
        .filter(item -> Owners.controllerUid(item).isPresent())
        .collect(Collectors.groupingBy(item -> Owners.controllerUid(item).orElseThrow()));
  }

  /** The Job of its newest attempt, where there is one. */
  public List<Job> jobs(Trial trial) {
    return jobsByTrialUid.getOrDefault(trial.getMetadata().getUid(), List.of());
  }

  public List<Job> earlierJobs(Trial trial) {
    return earlier.getOrDefault(trial.getMetadata().getUid(), List.of());
  }

  List<Pod> pods(Job job) {
    return podsByJobUid.getOrDefault(job.getMetadata().getUid(), List.of());
  }
}
