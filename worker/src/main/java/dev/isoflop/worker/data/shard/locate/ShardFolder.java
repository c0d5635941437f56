package dev.isoflop.worker.data.shard.locate;

import dev.isoflop.worker.data.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A folder of files that an index in it names. */
public interface ShardFolder {
  /** Folders below folders that an index may name, the file included. */
  int MOST_PARTS = 8;

  /** Parts of names that stay inside of the folder: no way up, nothing hidden. */
  Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+=-]{0,254}");

  /** Name in errors. */
  String name();

  /**
   * A file in it, which need not be there.
   *
   * @param basename as an index gives it: any that leads elsewhere is refused, for indexes come
   *     from elsewhere
   * @param where the index, for errors
   */
  Shard file(String basename, String where) throws DataException;

  /** The folders in it that hold a file of a name, in order, as far as that can be told. */
  List<String> foldersHolding(String basename);

  /** Whether a file is there, as far as that can be told without fetching it. */
  boolean mayHave(String basename);

  /** Whether a name stays inside of the folder: a plain one, or one in a folder below. */
  static boolean isSafe(String name) {
    String[] parts = name.split("/", -1);
    return parts.length <= MOST_PARTS
        && Arrays.stream(parts).allMatch(part -> SAFE_NAME.matcher(part).matches());
  }

  /** Fails unless a name stays inside of the folder. */
  static String requireSafe(String basename, String where) throws DataException {
    if (!isSafe(basename)) {
      throw new DataException(
          DataException.Kind.Corrupt,
          where,
          "names the file '" + basename + "', which does not lie in its folder",
          "write the index again; its files must lie beside it or in folders below");
    }
    return basename;
  }
}
