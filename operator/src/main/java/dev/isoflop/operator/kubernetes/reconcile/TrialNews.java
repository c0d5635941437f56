package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.operator.kubernetes.reconcile.Transitions.Notice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a turn has told of trials that readers of the sweep should hear of, too: one notice for each
 * kind, however many trials it concerns, so that a lost node is no hail of events.
 */
final class TrialNews {
  /** Before the reasons of trials, which on a sweep would read as its own. */
  private static final String PREFIX = "Trial";

  private static final Set<String> OF_INTEREST =
      Set.of("BackOff", "Blocked", "Disrupted", "NodeLost", "Replaced", "Failed", "Excluded");

  private record News(String trial, Notice notice) {}

  private final Map<String, List<News>> byReason = new LinkedHashMap<>();

  void add(String trial, List<Notice> notices) {
    for (Notice notice : notices) {
      if (OF_INTEREST.contains(notice.reason())) {
        byReason
            .computeIfAbsent(notice.reason(), reason -> new ArrayList<>())
            .add(new News(trial, notice));
      }
    }
  }

  /** Takes the notices about the sweep, each once. */
  List<Notice> take() {
    List<Notice> notices = byReason.values().stream().map(TrialNews::together).toList();
    byReason.clear();
    return notices;
  }

  private static Notice together(List<News> news) {
    News first = news.get(0);
    String others = news.size() > 1 ? "%d trials, such as ".formatted(news.size()) : "";
    return new Notice(
        first.notice().warning(),
        PREFIX + first.notice().reason(),
        "%s%s: %s".formatted(others, first.trial(), first.notice().message()),
        first.notice().at());
  }
}
