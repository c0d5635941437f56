package dev.isoflop.operator.report.plot;

import java.util.List;
import java.util.Optional;

/** Legend of a plot's marks and lines. */
public record Legend(RichText title, List<Item> items) {

  public static final Legend NONE = new Legend(RichText.EMPTY, List.of());

  /** One entry; its sign is a marker, a line, or a marker on a line. */
  public record Item(
      Ink ink,
      Optional<Marker> marker,
      boolean hollow,
      Optional<Layer.Stroke> line,
      boolean band,
      RichText text) {

    public static Item marker(Ink ink, Marker marker, boolean hollow, RichText text) {
      return new Item(ink, Optional.of(marker), hollow, Optional.empty(), false, text);
    }

    public static Item line(Ink ink, Layer.Stroke stroke, RichText text) {
      return new Item(ink, Optional.empty(), false, Optional.of(stroke), false, text);
    }

    public static Item both(Ink ink, Marker marker, Layer.Stroke stroke, RichText text) {
      return new Item(ink, Optional.of(marker), false, Optional.of(stroke), false, text);
    }

    public static Item band(Ink ink, Layer.Stroke stroke, RichText text) {
      return new Item(ink, Optional.empty(), false, Optional.of(stroke), true, text);
    }
  }

  public Legend {
    items = List.copyOf(items);
  }
}
