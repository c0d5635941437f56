package dev.isoflop.worker.data.indexed;

import static java.util.Objects.requireNonNull;

import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.DatasetPart;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A data set of examples that can be read by number: training takes them in a fresh order in each
 * pass, evaluation as they are stored.
 */
public abstract class IndexedDataset implements Dataset {
  private final String name;
  private final ImageShape imageShape;
  private final IndexedExamples examples;
  private final BrokenSamples broken;
  private final String field;
  private final Path file;

  /**
   * A data set of these examples.
   *
   * @param broken the examples that are left out
   * @param field the setting that names the examples, for errors
   * @param file the file or folder that holds or lists them
   */
  protected IndexedDataset(
      String name,
      ImageShape imageShape,
      IndexedExamples examples,
      BrokenSamples broken,
      String field,
      Path file) {
    this.name = requireNonNull(name, "name");
    this.imageShape = imageShape;
    this.examples = examples;
    this.broken = broken;
    this.field = field;
    this.file = file;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final ImageShape imageShape() {
    return imageShape;
  }

  @Override
  public final ExampleStream train(long seed, long firstExample) {
    return new TrainingOrder(examples, broken, field, seed, firstExample);
  }

  @Override
  public final ExampleStream evaluation(long count) throws DataException {
    return new SequentialExamples(examples, broken, count, field);
  }

  @Override
  public final OptionalLong size() {
    return OptionalLong.of(examples.count());
  }

  @Override
  public final List<DatasetPart> parts() {
    return IndexedPart.of(examples);
  }

  @Override
  public final Set<Path> files() throws DataException {
    try {
      return Set.of(file.toRealPath());
    } catch (IOException e) {
      throw gone(file, e);
    }
  }

  /** The error of a file that was there when the set was opened. */
  protected final DataException gone(Path path, IOException e) {
    return new DataException(
        Kind.Unreadable,
        field,
        "'" + path + "' is gone (" + e + ")",
        "put it back; files must stay as they are while a sweep runs",
        e);
  }
}
