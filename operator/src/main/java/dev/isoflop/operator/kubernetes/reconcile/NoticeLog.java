package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.reconcile.Transitions.Notice;
import dev.isoflop.text.ShownText;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Notices as lines of the log, with sweep, trial and attempt as fields of their own. */
final class NoticeLog {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeLog.class);

  private NoticeLog() {}

  /** Writes a line about a sweep or one of its trials. */
  static void write(ScalingSweep sweep, HasMetadata about, Notice notice) {
    String name = about.getMetadata().getName();
    String message = ShownText.message(notice.message());
    MDC.put("sweep", sweep.getMetadata().getName());
    if (about instanceof Trial) {
      MDC.put("trial", name);
      MDC.put("attempt", Integer.toString(notice.attempt()));
    }
    try {
      if (notice.warning()) {
        LOG.warn("{} {}: {}", name, notice.reason(), message);
      } else {
        LOG.info("{} {}: {}", name, notice.reason(), message);
      }
    } finally {
      List.of("sweep", "trial", "attempt").forEach(MDC::remove);
    }
  }
}
