package dev.isoflop.trial;

import java.util.List;

/**
 * Contents of a trial's sample pictures.
 *
 * @param dataset name of the set that the captions come from
 * @param captions in the order of the pictures, row by row
 * @param columns pictures in a row
 * @param drawings by ascending step, the end last
 */
public record SampleSheet(
    String dataset, List<String> captions, int columns, List<Drawing> drawings) {

  /**
   * One file.
   *
   * @param step of training after which it is drawn
   * @param file its name in the trial's folder
   */
  public record Drawing(long step, String file) {}

  public SampleSheet {
    captions = List.copyOf(captions);
    drawings = List.copyOf(drawings);
  }
}
