package dev.isoflop.worker.data.scenes;

/**
 * Tells a scene in words, all of them true of the coordinates: "a small red circle left of a large
 * blue striped square on a cream background". Of three figures the first is related to each of the
 * others: "A left of B and above C". Which relation is told follows the axis along which the two
 * lie farther apart.
 */
final class SceneCaption {
  private SceneCaption() {}

  static String of(Scene scene) {
    StringBuilder caption = new StringBuilder(128);
    Figure first = scene.figures().get(0);
    tell(first, caption);
    for (int i = 1; i < scene.figures().size(); i++) {
      Figure other = scene.figures().get(i);
      caption.append(i == 1 ? " " : " and ").append(relation(first, other)).append(' ');
      tell(other, caption);
    }
    if (scene.backdropTold()) {
      caption.append(" on a ").append(scene.backdrop().word()).append(" background");
    }
    return caption.toString();
  }

  /** Where the first lies as seen from the second. */
  static String relation(Figure first, Figure second) {
    float across = first.x() - second.x();
    float down = first.y() - second.y();
    if (Math.abs(across) >= Math.abs(down)) {
      return across < 0 ? "left of" : "right of";
    }
    return down < 0 ? "above" : "below";
  }

  private static void tell(Figure figure, StringBuilder caption) {
    boolean sized = !figure.size().word().isEmpty();
    caption.append(!sized && figure.color() == ColorName.ORANGE ? "an " : "a ");
    if (sized) {
      caption.append(figure.size().word()).append(' ');
    }
    caption.append(figure.color().word()).append(' ');
    if (figure.texture() != Texture.PLAIN) {
      caption.append(figure.texture().word()).append(' ');
    }
    caption.append(figure.kind().word());
  }
}
