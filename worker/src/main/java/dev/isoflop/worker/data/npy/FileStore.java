package dev.isoflop.worker.data.npy;

import dev.isoflop.worker.data.shard.locate.Shard;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files by their names relative to a root, wherever that is. Safe for use by threads. */
interface FileStore {
  /** What errors call the root. */
  String name();

  /**
   * The bytes of a file.
   *
   * @param bound most bytes, whatever is said of them
   * @throws NoSuchFileException if there is none
   * @throws TooLargeException if there are more
   * @throws DamagedException if the store holds others than were written
   */
  byte[] read(String file, int bound) throws IOException;

  /** Bytes of a file, as far as is said of it. */
  long size(String file) throws IOException;

  /** The folders in a folder, by name; empty if there is no such folder. */
  List<String> folders(String parent) throws IOException;

  /**
   * The files below a folder at every depth, by name.
   *
   * @param parent the folder; empty for the root
   * @param suffix how their names end
   * @return relative to the root
   */
  List<String> below(String parent, String suffix) throws IOException;

  /** What a digest of some of the files must cover. */
  List<Shard> digested(List<String> files);

  /** More bytes than allowed. */
  final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long bytes, int bound) {
      super("its %d bytes are over the bound of %d".formatted(bytes, bound));
    }
  }

  /** Bytes that are there and are not those that were written. */
  final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String problem, @Nullable Throwable cause) {
      super(problem, cause);
    }
  }

  /** Names that stay below the root: lists come from elsewhere. */
  static boolean isSafe(String file) {
    if (file.isEmpty() || file.length() > 1024 || file.indexOf('\\') >= 0) {
      return false;
    }
    for (String part : file.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
        return false;
      }
    }
    return true;
  }
}
