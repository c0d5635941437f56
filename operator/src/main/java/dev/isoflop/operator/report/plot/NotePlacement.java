package dev.isoflop.operator.report.plot;

import dev.isoflop.operator.report.plot.Plot.Corner;
import dev.isoflop.operator.report.plot.Plot.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a plot's note where it covers nothing that is drawn: into the wanted corner, else into
 * another free one, else above the frame.
 */
final class NotePlacement {

  private static final double LINE = 1.5;
  private static final double ACROSS = 9;
  private static final double DOWN = 6;

  private final Note note;
  private final double font;

  NotePlacement(Note note, double font) {
    this.note = note;
    this.font = font;
  }

  /** The room that the note takes above a frame. */
  double height() {
    return note.lines().size() * font * LINE + DOWN;
  }

  /** The wanted corner if nothing is drawn there, else the first other that is free. */
  Optional<Corner> corner(Frame frame, LabelPlacement drawn) {
    List<Corner> corners = new ArrayList<>(List.of(note.corner()));
    corners.addAll(List.of(Corner.values()));
    return corners.stream().filter(corner -> drawn.isFree(box(frame, corner))).findFirst();
  }

  /** Box of the note in a corner. */
  Box box(Frame frame, Corner corner) {
    double width = 0;
    for (int i = 0; i < note.lines().size(); i++) {
      width = Math.max(width, TextSetter.width(note.lines().get(i), size(i)));
    }
    width = Math.min(width, room(frame));
    double height = note.lines().size() * font * LINE;
    double x = corner.atRight() ? frame.right() - ACROSS - width : frame.left() + ACROSS;
    double y = corner.atTop() ? frame.top() + DOWN : frame.bottom() - DOWN - height;
    return new Box(x, y, width, height);
  }

  Element inside(Frame frame, Corner corner) {
    Box box = box(frame, corner);
    double x = corner.atRight() ? frame.right() - ACROSS : frame.left() + ACROSS;
    return lines(frame, x, box.y(), corner.atRight() ? "end" : "start");
  }

  /** The note over a frame that lies lower by {@link #height()}. */
  Element above(Frame frame) {
    return lines(frame, frame.left(), frame.top() - height(), "start");
  }

  private Element lines(Frame frame, double x, double top, String anchor) {
    Element group = new Element("g").set("class", "plot-note");
    for (int i = 0; i < note.lines().size(); i++) {
      double baseline = top + (i * LINE + 1.1) * font;
      Element text =
          TextSetter.setWithin(room(frame), note.lines().get(i), x, baseline, size(i), anchor);
      group.add(Inked.fill(text, i == 0 ? Ink.TEXT : Ink.MUTED));
    }
    return group;
  }

  private static double room(Frame frame) {
    return frame.width() - 2 * ACROSS;
  }

  private double size(int line) {
    return font * (line == 0 ? 1.05 : 0.94);
  }
}
