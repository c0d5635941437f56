package dev.isoflop.worker.data.scenes;

/**
 * How a figure is filled. A texture gives, for a place in the figure's own frame, how much of the
 * second ink shows: 0 none, 1 only. Edges inside a texture are softened over {@code blur}, which is
 * a pixel's width in the same units, so that they do not alias.
 */
enum Texture {
  PLAIN("") {
    @Override
    float secondInk(float x, float y, float period, float blur) {
      return 0f;
    }
  },
  STRIPED("striped") {
    @Override
    float secondInk(float x, float y, float period, float blur) {
      return step(wave(x, period), blur);
    }
  },
  CHECKERED("checkered") {
    @Override
    float secondInk(float x, float y, float period, float blur) {
      float column = step(wave(x, period), blur);
      float row = step(wave(y, period), blur);
      return column + row - 2f * column * row;
    }
  },
  DOTTED("dotted") {
    @Override
    float secondInk(float x, float y, float period, float blur) {
      float across = x - period * (float) Math.rint(x / period);
      float down = y - period * (float) Math.rint(y / period);
      float distance = (float) Math.sqrt(across * across + down * down);
      return step(0.3f * period - distance, blur);
    }
  },
  GRADIENT("gradient") {
    @Override
    float secondInk(float x, float y, float period, float blur) {
      return Math.min(1f, Math.max(0f, 0.5f + 0.55f * x));
    }
  };

  private final String word;

  Texture(String word) {
    this.word = word;
  }

  /** What the caption calls it; empty for a plain figure, which no word marks. */
  String word() {
    return word;
  }

  /**
   * The share of the second ink.
   *
   * @param x place along the texture's direction, in units of the figure's radius
   * @param y place across it
   * @param period of the pattern, in the same units
   * @param blur a pixel's width, in the same units
   */
  abstract float secondInk(float x, float y, float period, float blur);

  /** Signed distance to the nearest edge of stripes that are half a period wide. */
  private static float wave(float x, float period) {
    float phase = x / period;
    float fromStripe = Math.abs(phase - (float) Math.rint(phase)); // 0 at a stripe's middle, to 0.5
    return (0.25f - fromStripe) * period;
  }

  /** 0 outside, 1 inside, a ramp one pixel wide between. */
  private static float step(float distance, float blur) {
    return Math.min(1f, Math.max(0f, distance / blur + 0.5f));
  }
}
