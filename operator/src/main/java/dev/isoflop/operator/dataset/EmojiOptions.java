package dev.isoflop.operator.dataset;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * Options of the making of emoji shards.
 *
 * @param output the folder to make; it must not exist, be empty, or hold the very same data set
 * @param cache keeps fetched packages
 * @param readyPackages packages that someone fetched already, under their archives' names
 * @param imageSize edge of the pictures in pixels, {@value #MINIMUM_SIZE} to {@value #MAXIMUM_SIZE}
 */
public record EmojiOptions(Path output, Path cache, List<Path> readyPackages, int imageSize) {
  /** The edge when nothing is said. */
  public static final int DEFAULT_SIZE = 32;

  public static final int MINIMUM_SIZE = 8;

  /** The edge of the packages' pictures; there is nothing to gain beyond. */
  public static final int MAXIMUM_SIZE = 64;

  public EmojiOptions {
    requireNonNull(output, "output");
    requireNonNull(cache, "cache");
    readyPackages = List.copyOf(readyPackages);
  }
}
