package dev.isoflop.operator.cli.progress;

import dev.isoflop.operator.cli.text.Ink;
import dev.isoflop.operator.cli.text.Paragraph;
import dev.isoflop.operator.local.run.SweepEvent;
import dev.isoflop.operator.local.run.SweepSnapshot;
import dev.isoflop.operator.plan.SweepPlan;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table at the foot of a terminal that is drawn again and again, with what happens scrolling away
 * above it. Each drawing is one write, so that it does not flicker.
 */
public final class LiveProgress implements RunProgress {
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_LINE_END = "\u001b[K";
  private static final String CLEAR_BELOW = "\r\u001b[J";

  private final PrintStream stream;
  private final Ink ink;
  private final Supplier<ScreenSize> size;
  private final ProgressLog narration;
  private final Instant started;
  private @Nullable SweepSnapshot last;
  private int drawn;

  /**
   * A table.
   *
   * @param size of the terminal, which may change
   * @param started when the run began
   */
  public LiveProgress(
      PrintStream stream, Ink ink, Supplier<ScreenSize> size, SweepPlan plan, Instant started) {
    this.stream = stream;
    this.ink = ink;
    this.size = size;
    this.narration = new ProgressLog(plan);
    this.started = started;
  }

  @Override
  public void event(SweepEvent event) {
    if (!(event instanceof SweepEvent.AttemptStarted)) { // the table shows it
      narration.event(event).ifPresent(remark -> draw(List.of(remark)));
    }
  }

  @Override
  public void progress(SweepSnapshot snapshot) {
    List<ProgressLog.Remark> remarks = narration.progress(snapshot);
    last = snapshot;
    draw(remarks);
  }

  private void draw(List<ProgressLog.Remark> remarks) {
    ScreenSize screen = size.get();
    List<String> lines = new ArrayList<>();
    for (ProgressLog.Remark remark : remarks) {
      String mark = "%-11s  ".formatted(remark.mark());
      lines.addAll(Paragraph.lines(mark, remark.style(), ink, remark.text(), screen.columns() - 1));
    }
    List<String> table =
        last == null
            ? List.of()
            : new ProgressTable(screen.columns(), screen.rows(), ink).lines(last, started);
    lines.addAll(table);
    StringBuilder frame = new StringBuilder(back());
    lines.forEach(line -> frame.append(line).append(CLEAR_LINE_END).append('\n'));
    frame.append(CLEAR_BELOW);
    stream.print(frame);
    stream.flush();
    drawn = table.size();
  }

  private String back() {
    return "\r" + (drawn == 0 ? "" : UP.formatted(drawn));
  }

  /** Takes the table away; what happened stays. */
  @Override
  public void end() {
    stream.print(back() + CLEAR_BELOW);
    stream.flush();
    drawn = 0;
  }
}
