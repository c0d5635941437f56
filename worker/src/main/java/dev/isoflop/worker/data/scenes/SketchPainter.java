package dev.isoflop.worker.data.scenes;

import dev.isoflop.worker.data.CounterRandom;

/**
 * Crayon on ruled paper: a wavering outline, hatching instead of fills, the texture hatched into
 * it, and a page that darkens towards its corners.
 */
final class SketchPainter implements ScenePainter {
  /** How far the wavering moves an outline, in radii. */
  private static final float WAVER = 0.04f;

  /** Reach of a figure with its outline and wavering, in radii. */
  private static final float EXTENT = Figure.EXTENT + 0.3f;

  /** Least width of an outline in pixels. */
  private static final float LEAST_STROKE = 1.1f;

  @Override
  public void paint(Scene scene, Canvas canvas) {
    CounterRandom random = new CounterRandom(scene.details());
    paintPage(scene, canvas, random);
    for (Figure figure : scene.figures()) {
      paintFigure(figure, scene, canvas, random);
    }
  }

  private static void paintPage(Scene scene, Canvas canvas, CounterRandom random) {
    Color paper = scene.backdrop().in(Manner.SKETCHED);
    float ruling = random.nextFloat(0.11f, 0.2f);
    float start = random.nextFloat();
    boolean squared = random.nextFloat() < 0.5f;
    float ink = paper.luma() > 0.5f ? -0.10f : 0.10f;
    float width = 1f / canvas.size();
    for (int row = 0; row < canvas.size(); row++) {
      float y = (row + 0.5f) * width;
      for (int column = 0; column < canvas.size(); column++) {
        float x = (column + 0.5f) * width;
        float line = lineShare(y + start, ruling, width);
        if (squared) {
          line = Math.max(line, lineShare(x + start, ruling, width));
        }
        float fromMiddle = (x - 0.5f) * (x - 0.5f) + (y - 0.5f) * (y - 0.5f);
        float lift = ink * line - 0.16f * fromMiddle + scene.slopeX() * 0.5f * (x - 0.5f);
        canvas.set(column, row, paper.red() + lift, paper.green() + lift, paper.blue() + lift);
      }
    }
  }

  /** The share of a pixel under the nearest ruled line, which is one sixtieth of the page wide. */
  private static float lineShare(float at, float ruling, float pixel) {
    float phase = at / ruling;
    float distance = Math.abs(phase - (float) Math.rint(phase)) * ruling - 1f / 120f;
    return Math.min(1f, Math.max(0f, 0.5f - distance / pixel)) * Math.min(1f, 1f / 60f / pixel);
  }

  private static void paintFigure(Figure figure, Scene scene, Canvas canvas, CounterRandom random) {
    FigureFrame frame = new FigureFrame(figure, canvas.size(), EXTENT);
    Hatching hatching = Hatching.of(figure, scene.backdrop(), random);
    float halfStroke = 0.5f * Math.max(LEAST_STROKE * frame.pixel(), 0.14f);
    float phase = random.nextFloat();
    for (int row = frame.firstRow(); row < frame.endRow(); row++) {
      float y = frame.offset(row, figure.y());
      for (int column = frame.firstColumn(); column < frame.endColumn(); column++) {
        float x = frame.offset(column, figure.x());
        float turnedX = figure.cos() * x + figure.sin() * y;
        float turnedY = figure.cos() * y - figure.sin() * x;
        float wavedX = turnedX + WAVER * swing(0.6f * turnedY + phase);
        float wavedY = turnedY + WAVER * swing(0.55f * turnedX + 2f * phase);
        float distance = figure.kind().distance(wavedX, wavedY);
        float inside = frame.coverage(distance);
        if (inside > 0f) {
          Color fill = hatching.at(turnedX, turnedY, frame.pixel());
          canvas.cover(column, row, inside, fill.red(), fill.green(), fill.blue());
        }
        float stroke = frame.coverage(Math.abs(distance) - halfStroke);
        if (stroke > 0f) {
          Color line = hatching.line();
          canvas.cover(column, row, stroke, line.red(), line.green(), line.blue());
        }
      }
    }
  }

  /**
   * A smooth wave of period 1 between -1 and 1, made of parabolas: no sine, the same bits anywhere.
   */
  private static float swing(float turns) {
    float phase = 2f * (turns - (float) Math.floor(turns)) - 1f; // -1..1
    return 4f * phase * (1f - Math.abs(phase));
  }
}
