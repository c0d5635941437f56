package dev.isoflop.operator.local.run;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.operator.local.store.LocalFaultException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sweep's resource with its status on the disk. What changes with every second, such as compute
 * spent, is written now and then; anything else at once.
 */
final class StatusFile {
  private static final Duration NOW_AND_THEN = Duration.ofSeconds(10);

  private final RunSetting setting;
  private @Nullable ScalingSweepStatus current;
  private @Nullable ScalingSweepStatus onDisk;
  private Instant written = Instant.MIN;

  private StatusFile(RunSetting setting, @Nullable ScalingSweepStatus stored) {
    this.setting = setting;
    this.current = stored;
  }

  static StatusFile open(RunSetting setting) throws LocalFaultException {
    return new StatusFile(
        setting,
        setting.folder().stored(setting::notice).map(ScalingSweep::getStatus).orElse(null));
  }

  /** The status as last decided, by this run or the one before. */
  Optional<ScalingSweepStatus> current() {
    return Optional.ofNullable(current);
  }

  void update(ScalingSweepStatus status) throws LocalFaultException {
    current = status;
    Instant now = setting.now();
    boolean news = onDisk == null || !lasting(status).equals(lasting(onDisk));
    if (news || (!status.equals(onDisk) && now.isAfter(written.plus(NOW_AND_THEN)))) {
      write(status, now);
    }
  }

  /** Writes what was held back. */
  void flush() throws LocalFaultException {
    if (current != null && !current.equals(onDisk)) {
      write(current, setting.now());
    }
  }

  private void write(ScalingSweepStatus status, Instant now) throws LocalFaultException {
    ScalingSweep sweep = new ScalingSweep();
    ObjectMeta metadata = setting.sweep().getMetadata();
    sweep.setMetadata(metadata);
    sweep.setSpec(setting.sweep().getSpec());
    sweep.setStatus(status);
    setting.folder().store(sweep);
    onDisk = status;
    written = now;
  }

  private static ScalingSweepStatus lasting(ScalingSweepStatus status) {
    return status.withCompute(null);
  }
}
