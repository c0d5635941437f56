package dev.isoflop.operator.report.plot;

import java.util.ArrayList;
import java.util.List;

/** Colours that readers with any colour vision can tell apart, on paper and on dark screens. */
public final class Palette {

  /**
   * Nine points of matplotlib's colour map "plasma" (CC0), whose lightness rises steadily, so that
   * its order survives grey printing and colour blindness.
   */
  private static final int[] PLASMA = {
    0x0d0887, 0x4c02a1, 0x7e03a8, 0xaa2395, 0xcc4778, 0xe66c5c, 0xf89540, 0xfdc527, 0xf0f921
  };

  /** Parts of the map that stand out from white and from black by 3 to 1, as marks must. */
  private static final double LIGHT_END = 0.63;

  private static final double DARK_START = 0.42;

  private static final String[][] CATEGORIES = {
    {"#0a5fa8", "#5fb0f0"},
    {"#c2500a", "#ff9d5c"},
    {"#0a7a58", "#4fd0a5"},
    {"#8a3fa0", "#d19be8"},
    {"#7a6a00", "#d6c24a"},
    {"#b0285c", "#ff8fb5"},
    {"#3f6a74", "#8fc5d1"},
    {"#5c4a3a", "#c9b39c"}
  };

  private Palette() {}

  /** One of count colours in order, such as a budget's. */
  public static Ink ordered(int index, int count) {
    double place = count == 1 ? 0 : (double) index / (count - 1);
    return new Ink(
        plasma(place * LIGHT_END),
        plasma(DARK_START + place * (1 - DARK_START)),
        "ordered-" + index);
  }

  /** One of some unordered colours, such as a data set's; they repeat after eight. */
  public static Ink category(int index) {
    String[] pair = CATEGORIES[Math.floorMod(index, CATEGORIES.length)];
    return new Ink(pair[0], pair[1], "category-" + Math.floorMod(index, CATEGORIES.length));
  }

  /** Every ink that a page with so many ordered series may use. */
  public static List<Ink> all(int ordered) {
    List<Ink> inks = new ArrayList<>(List.of(Ink.TEXT, Ink.MUTED, Ink.AXIS, Ink.GRID, Ink.PAPER));
    for (int i = 0; i < CATEGORIES.length; i++) {
      inks.add(category(i));
    }
    for (int i = 0; i < ordered; i++) {
      Ink ink = ordered(i, ordered);
      inks.add(ink);
      inks.add(ink.letters());
    }
    return inks;
  }

  private static String plasma(double place) {
    double scaled = place * (PLASMA.length - 1);
    int left = Math.min(PLASMA.length - 2, (int) scaled);
    return Contrast.mix(PLASMA[left], PLASMA[left + 1], scaled - left);
  }
}
