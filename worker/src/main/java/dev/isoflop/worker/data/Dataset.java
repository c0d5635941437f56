package dev.isoflop.worker.data;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** One named source of captioned images, all brought to one shape. Safe for use by threads. */
public interface Dataset {
  /** The name that metrics and results carry. */
  String name();

  /** The shape of every image it hands out. */
  ImageShape imageShape();

  /** Kind of the set's values; pixels unless it says otherwise. */
  default ValueKind valueKind() {
    return ValueKind.PIXELS;
  }

  /**
   * The endless training stream of a seed, entered at an example number. The stream opened at
   * {@code n} equals the one opened at 0 after {@code n} examples, bit for bit.
   *
   * @param seed decides which examples come and in which order
   * @param firstExample examples already consumed, 0 for a fresh start
   * @throws DataException if there is nothing to read or the place cannot be found
   */
  ExampleStream train(long seed, long firstExample) throws DataException;

  /**
   * The first {@code count} held-out examples, in an order that no seed changes, so that every
   * trial of every sweep is measured on the same pictures.
   *
   * @throws DataException if there are fewer than {@code count}, said before the first is handed
   *     out
   */
  ExampleStream evaluation(long count) throws DataException;

  /**
   * Number of distinct examples, empty when unlimited. May have to look through all files.
   *
   * @throws DataException if they cannot be looked through
   */
  OptionalLong size() throws DataException;

  /**
   * What the data is, for provenance: {@code sha256:} and 64 hexadecimal digits. Two data sets with
   * different examples have different digests, within what the implementation says it covers.
   *
   * @throws DataException if the source cannot be read
   */
  String digest() throws DataException;

  /**
   * The files whose examples it holds, with all links resolved, so that no set is both trained and
   * measured on; none if it keeps its training and evaluation examples apart by itself.
   *
   * @throws DataException if a file is not there any more
   */
  Set<Path> files() throws DataException;

  /**
   * Everything it holds, in stored order, in parts that can be read side by side; none if nothing
   * is stored. Samples are those before an autoencoder.
   *
   * @throws DataException if it cannot be told
   */
  List<DatasetPart> parts() throws DataException;

  /**
   * The {@link #files} as text, and the URLs of those that are not on this machine.
   *
   * @throws DataException if a file is not there any more
   */
  default Set<String> sources() throws DataException {
    return files().stream().map(Path::toString).collect(Collectors.toSet());
  }
}
