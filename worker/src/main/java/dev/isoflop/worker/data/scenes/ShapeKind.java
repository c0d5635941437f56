package dev.isoflop.worker.data.scenes;

/**
 * The outlines. Each is given by its signed distance in a frame where the figure's radius is 1, x
 * points right and y down: negative inside, zero on the outline. The distance is exact near edges
 * (which is where coverage needs it) and a lower bound outside corners.
 */
enum ShapeKind {
  CIRCLE("circle", 0f) {
    @Override
    float distance(float x, float y) {
      return length(x, y) - 1f;
    }
  },
  SQUARE("square", 0.3f) {
    @Override
    float distance(float x, float y) {
      return Math.max(Math.abs(x), Math.abs(y)) - 0.82f;
    }
  },
  TRIANGLE("triangle", 0.4f) {
    @Override
    float distance(float x, float y) {
      // Equilateral with its corners on the circle of radius 1.05, one of them at the top.
      return Math.max(y, 0.8660254f * Math.abs(x) - 0.5f * y) - 0.525f;
    }
  },
  RING("ring", 0f) {
    @Override
    float distance(float x, float y) {
      return Math.abs(length(x, y) - 0.74f) - 0.26f;
    }
  },
  CROSS("cross", 0.3f) {
    @Override
    float distance(float x, float y) {
      float across = Math.abs(x);
      float down = Math.abs(y);
      return Math.max(Math.min(across, down) - 0.32f, Math.max(across, down) - 0.95f);
    }
  },
  BAR("bar", (float) Math.PI) {
    @Override
    float distance(float x, float y) {
      return Math.max(Math.abs(x) - 1f, Math.abs(y) - 0.32f);
    }
  },
  DIAMOND("diamond", 0.25f) {
    @Override
    float distance(float x, float y) {
      // Corners at (+-0.75, 0) and (0, +-1.1).
      return (1.1f * Math.abs(x) + 0.75f * Math.abs(y) - 0.825f) / 1.3313527f;
    }
  },
  SEMICIRCLE("semicircle", (float) Math.PI) {
    @Override
    float distance(float x, float y) {
      return Math.max(length(x, y - 0.45f) - 1f, y - 0.45f);
    }
  };

  private final String word;
  private final float greatestTurn;

  ShapeKind(String word, float greatestTurn) {
    this.word = word;
    this.greatestTurn = greatestTurn;
  }

  /** Word for it in captions. */
  String word() {
    return word;
  }

  /** How far it may be turned either way and still be called this, in radians. */
  float greatestTurn() {
    return greatestTurn;
  }

  /** Signed distance to the outline in units of the figure's radius. */
  abstract float distance(float x, float y);

  private static float length(float x, float y) {
    return (float) Math.sqrt(x * x + y * y);
  }
}
