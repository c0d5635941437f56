package dev.isoflop.worker.data.shard.locate;

import dev.isoflop.worker.data.DataException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/** A file of a data set, wherever it lies. */
public interface Shard {
  /** Name in errors: its path or URL. */
  String name();

  /** The last part of its name, the same wherever the data set is copied to. */
  String fileName();

  /**
   * What two names of the same file have in common.
   *
   * @param field the setting that named it, for errors
   */
  String identity(String field) throws DataException;

  /** Its path, if it lies on a file system. */
  Optional<Path> local();

  /**
   * The bytes, from their start; the caller closes them. They stay readable if the file is removed
   * meanwhile.
   *
   * @param field the setting that named it, for errors
   */
  FileChannel open(String field) throws DataException;

  /**
   * Looks whether it can be opened, without downloading it.
   *
   * @param field the setting that named it, for errors
   */
  void probe(String field) throws DataException;

  /** As errors call it, with the setting that named it. */
  default String where(String field) {
    return field + ", shard " + name();
  }

  /** The fault of a file system that fails. */
  default DataException unreadable(String field, Exception cause) {
    return new DataException(
        DataException.Kind.Unreadable,
        where(field),
        "cannot be read (" + cause + ")",
        "check the disk or mount and its permissions",
        cause);
  }
}
