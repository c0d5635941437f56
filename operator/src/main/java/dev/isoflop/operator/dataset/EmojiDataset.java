package dev.isoflop.operator.dataset;

import java.util.List;

/**
 * A data set of emoji that was made, as {@code dataset.json} in its folder records it.
 *
 * @param name {@code emoji}
 * @param imageSize edge of the pictures in pixels
 * @param split how evaluation was kept apart
 * @param sets the shards: train, evaluation, and evaluation out of domain
 * @param sources the packages it was made from, with what their licences ask for
 * @param excluded pictures left out, with the reason
 */
public record EmojiDataset(
    String name,
    int imageSize,
    String split,
    List<EmojiSet> sets,
    List<PackagePin> sources,
    List<ExcludedEmoji> excluded) {

  public EmojiDataset {
    sets = List.copyOf(sets);
    sources = List.copyOf(sources);
    excluded = List.copyOf(excluded);
  }
}
