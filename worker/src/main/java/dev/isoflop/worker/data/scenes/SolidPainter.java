package dev.isoflop.worker.data.scenes;

/**
 * Filled figures under one light, before a soft gradient; edges by the share of a pixel covered.
 */
final class SolidPainter implements ScenePainter {
  @Override
  public void paint(Scene scene, Canvas canvas) {
    paintBackdrop(scene, canvas);
    for (Figure figure : scene.figures()) {
      paintFigure(figure, scene, canvas);
    }
  }

  private static void paintBackdrop(Scene scene, Canvas canvas) {
    Color color = scene.backdrop().in(Manner.SOLID);
    float step = 1f / canvas.size();
    for (int row = 0; row < canvas.size(); row++) {
      float down = ((row + 0.5f) * step - 0.5f) * scene.slopeY();
      for (int column = 0; column < canvas.size(); column++) {
        float lift = down + ((column + 0.5f) * step - 0.5f) * scene.slopeX();
        canvas.set(column, row, color.red() + lift, color.green() + lift, color.blue() + lift);
      }
    }
  }

  private static void paintFigure(Figure figure, Scene scene, Canvas canvas) {
    FigureFrame frame = new FigureFrame(figure, canvas.size(), Figure.EXTENT);
    ShapeKind kind = figure.kind();
    Texture texture = figure.texture();
    Color first = figure.ink(Manner.SOLID);
    Color second = figure.secondInk(Manner.SOLID);
    for (int row = frame.firstRow(); row < frame.endRow(); row++) {
      float y = frame.offset(row, figure.y());
      for (int column = frame.firstColumn(); column < frame.endColumn(); column++) {
        float x = frame.offset(column, figure.x());
        float turnedX = figure.cos() * x + figure.sin() * y;
        float turnedY = figure.cos() * y - figure.sin() * x;
        float coverage = frame.coverage(kind.distance(turnedX, turnedY));
        if (coverage > 0f) {
          float mix =
              texture.secondInk(
                  figure.textureCos() * turnedX + figure.textureSin() * turnedY,
                  figure.textureCos() * turnedY - figure.textureSin() * turnedX,
                  figure.texturePeriod(),
                  frame.pixel());
          float light = 1f + scene.lightX() * x + scene.lightY() * y;
          canvas.cover(
              column,
              row,
              coverage,
              light * (first.red() + (second.red() - first.red()) * mix),
              light * (first.green() + (second.green() - first.green()) * mix),
              light * (first.blue() + (second.blue() - first.blue()) * mix));
        }
      }
    }
  }
}
