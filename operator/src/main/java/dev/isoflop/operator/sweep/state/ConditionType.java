package dev.isoflop.operator.sweep.state;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/** The conditions of sweeps and trials. */
public enum ConditionType {
  /** Sweep: the spec can be trained as written. */
  Accepted,
  /** Sweep: trials run, or will without anyone's doing. Its reason is the column STATUS. */
  Progressing,
  /** Sweep: metrics of running trials arrive. */
  MetricsAvailable,
  /** Sweep: there are laws; the reason tells provisional from final. */
  LawsFitted,
  /** Sweep: it goes on, but something needs a look. */
  Degraded,
  /** Sweep and trial: nothing further will happen. */
  Finished,
  /** Sweep: it finished with laws. Trial: it finished with numbers that enter the fit. */
  Succeeded,
  /** Trial: an attempt runs. Its reason is the column STATUS. */
  Running;

  /** The condition of this type among others. */
  public Optional<Condition> in(List<Condition> conditions) {
    return conditions.stream().filter(condition -> name().equals(condition.getType())).findFirst();
  }

  /** Whether the condition of this type is present and True. */
  public boolean isTrue(List<Condition> conditions) {
    return in(conditions).filter(condition -> "True".equals(condition.getStatus())).isPresent();
  }
}
