package dev.isoflop.worker.data.scenes;

import static java.util.Objects.requireNonNull;

import dev.isoflop.common.Sha256;
import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.DatasetPart;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.PendingExample;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Scenes drawn on demand. The scene of an example follows from (split, seed, number) alone, so any
 * example can be made without those before it and none is ever repeated. Training and evaluation
 * draw with different keys: no seed makes one meet the other.
 */
public final class SceneDataset implements Dataset {
  private static final long TRAINING = 1;
  private static final long EVALUATION = 2;

  private final String name;
  private final Manner manner;
  private final ImageShape imageShape;
  private final ScenePainter painter;

  public SceneDataset(String name, Manner manner, ImageShape imageShape) {
    this.name = requireNonNull(name, "name");
    this.manner = requireNonNull(manner, "manner");
    this.imageShape = requireNonNull(imageShape, "imageShape");
    painter = ScenePainter.of(manner);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ImageShape imageShape() {
    return imageShape;
  }

  @Override
  public ExampleStream train(long seed, long firstExample) {
    return new Scenes(TRAINING, seed, firstExample, Long.MAX_VALUE);
  }

  @Override
  public ExampleStream evaluation(long count) {
    return new Scenes(EVALUATION, 0, 0, count);
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  /** None: which scenes are held out is decided by their numbers. */
  @Override
  public Set<Path> files() {
    return Set.of();
  }

  /** None: scenes are drawn. */
  @Override
  public List<DatasetPart> parts() {
    return List.of();
  }

  /** Covers the version of the distribution, the manner and the shape: all that decides a scene. */
  @Override
  public String digest() {
    return Sha256.of(
        "isoflop scenes v%d %s %dx%dx%d"
            .formatted(
                SceneSampler.VERSION,
                manner,
                imageShape.channels(),
                imageShape.size(),
                imageShape.size()));
  }

  private Example draw(long split, long seed, long number) {
    Scene scene =
        SceneSampler.sample(
            new CounterRandom(SceneSampler.VERSION, manner.key(), split, seed, number));
    Canvas canvas = new Canvas(imageShape);
    painter.paint(scene, canvas);
    return new Example(canvas.finish(), SceneCaption.of(scene));
  }

  private final class Scenes implements ExampleStream {
    private final long split;
    private final long seed;
    private final long end;
    private long number;

    Scenes(long split, long seed, long first, long end) {
      if (first < 0 || end < 0) {
        throw new IllegalArgumentException(
            "example numbers start at 0, not " + Math.min(first, end));
      }
      this.split = split;
      this.seed = seed;
      this.number = first;
      this.end = end;
    }

    @Override
    public Optional<PendingExample> next() {
      if (number >= end) {
        return Optional.empty();
      }
      long drawn = number++;
      return Optional.of(() -> draw(split, seed, drawn));
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
