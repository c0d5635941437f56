package dev.isoflop.operator.report.input;

import java.util.List;

/**
 * Sample pictures of a trial, as far as a report shows them.
 *
 * @param trial its name
 * @param budget C in FLOPs
 * @param dataset that the captions come from
 * @param captions row by row
 * @param columns pictures in a row
 * @param drawings by ascending step, the end last; at least one
 */
public record TrialPictures(
    String trial,
    double budget,
    String dataset,
    List<String> captions,
    int columns,
    List<Drawing> drawings) {

  /**
   * One grid of pictures.
   *
   * @param step of training after which it was drawn
   * @param link to the file from where the report lies
   * @param png its bytes in Base64
   */
  public record Drawing(long step, String link, String png) {}

  public TrialPictures {
    captions = List.copyOf(captions);
    drawings = List.copyOf(drawings);
    if (drawings.isEmpty()) {
      throw new IllegalArgumentException("trial '" + trial + "' drew nothing");
    }
  }

  /** The drawing of the trained model. */
  public Drawing end() {
    return drawings.get(drawings.size() - 1);
  }

  /** Those on the way. */
  public List<Drawing> onTheWay() {
    return drawings.subList(0, drawings.size() - 1);
  }
}
