package dev.isoflop.worker.data.shard;

import dev.isoflop.worker.data.DataException;
import java.util.regex.Pattern;

/** A folder of files that an index in it names. */
public interface ShardFolder {
  /** Names that stay inside of the folder: no path, no way up, nothing hidden. */
  Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+=-]{0,254}");

  /** What errors call it. */
  String name();

  /**
   * A file in it, which need not be there.
   *
   * @param basename as an index gives it: any other than a plain name is refused, for indexes come
   *     from elsewhere
   * @param where the index, for errors
   */
  Shard file(String basename, String where) throws DataException;

  /** Whether a file is there, as far as that can be told without fetching it. */
  boolean mayHave(String basename);

  /** Fails unless a name is a plain one. */
  static String requireSafe(String basename, String where) throws DataException {
    if (!SAFE_NAME.matcher(basename).matches()) {
      throw new DataException(
          DataException.Kind.Corrupt,
          where,
          "names the file '" + basename + "', which is no plain file name",
          "write the index again; its files must lie beside it");
    }
    return basename;
  }
}
