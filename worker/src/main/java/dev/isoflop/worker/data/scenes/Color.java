package dev.isoflop.worker.data.scenes;

/** Red, green and blue, each from 0 to 1. */
record Color(float red, float green, float blue) {
  static Color rgb(int hex) {
    return new Color((hex >> 16 & 0xff) / 255f, (hex >> 8 & 0xff) / 255f, (hex & 0xff) / 255f);
  }

  /** This colour with a share of another mixed in. */
  Color mixedWith(Color other, float share) {
    return new Color(
        red + (other.red - red) * share,
        green + (other.green - green) * share,
        blue + (other.blue - blue) * share);
  }

  Color shifted(float byRed, float byGreen, float byBlue) {
    return new Color(clamp(red + byRed), clamp(green + byGreen), clamp(blue + byBlue));
  }

  /** Luma by the weights of ITU-R BT.601. */
  float luma() {
    return 0.299f * red + 0.587f * green + 0.114f * blue;
  }

  private static float clamp(float value) {
    return Math.min(1f, Math.max(0f, value));
  }
}
