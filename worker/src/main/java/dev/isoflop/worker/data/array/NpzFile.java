package dev.isoflop.worker.data.array;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** NumPy's npz format: a zip file with one npy file for each name. */
public final class NpzFile {
  private static final int MOST_ARRAYS = 64;

  private NpzFile() {}

  /**
   * The arrays of a whole file by their names.
   *
   * @param mostBytes bound on all arrays together once unpacked, whatever the file claims
   * @param where the file, for errors
   * @throws DataException if it is not an npz file, damaged, or unpacks to more than the bound
   */
  public static Map<String, StoredArray> read(byte[] content, int mostBytes, String where)
      throws DataException {
    Map<String, StoredArray> arrays = new LinkedHashMap<>();
    int left = mostBytes;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] unpacked = zip.readNBytes(left + 1);
        if (unpacked.length > left || arrays.size() == MOST_ARRAYS) {
          throw new DataException(
              Kind.TooLarge,
              where,
              "unpacks to more than %d bytes or %d arrays".formatted(mostBytes, MOST_ARRAYS),
              "store less in one file");
        }
        left -= unpacked.length;
        String name = entry.getName();
        if (name.endsWith(".npy")) {
          String array = name.substring(0, name.length() - ".npy".length());
          arrays.put(array, NpyFile.read(unpacked, where + ", array " + array));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw corrupt(where, "is not a whole npz file (" + e.getMessage() + ")", e);
    }
    if (arrays.isEmpty()) {
      throw corrupt(where, "is not an npz file, or holds no array", null);
    }
    return arrays;
  }

  private static DataException corrupt(
      String where, String problem, @org.jspecify.annotations.Nullable Exception cause) {
    return new DataException(
        Kind.Corrupt, where, problem, "write it with numpy.savez(file, name=array)", cause);
  }
}
