package dev.isoflop.worker.data.scenes;

/** Draws a scene in one manner. Stateless: the same scene always gives the same bits. */
interface ScenePainter {
  void paint(Scene scene, Canvas canvas);

  static ScenePainter of(Manner manner) {
    return switch (manner) {
      case SOLID -> new SolidPainter();
      case SKETCHED -> new SketchPainter();
    };
  }
}
