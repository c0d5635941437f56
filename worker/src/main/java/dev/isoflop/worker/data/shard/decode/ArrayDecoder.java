package dev.isoflop.worker.data.shard.decode;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.array.ArrayEncoding;
import dev.isoflop.worker.data.array.NpyFile;
import dev.isoflop.worker.data.array.NumberType;
import dev.isoflop.worker.data.array.StoredArray;
import dev.isoflop.worker.data.shard.read.StoredFile;
import java.util.List;
import java.util.Optional;

/** Reads an array in whatever a format stores it: npy, an encoding of MDS, or bare bytes. */
final class ArrayDecoder {
  /** How formats mark bytes that say nothing of themselves. */
  static final String BYTES = "bytes";

  private final NumberType typeOfBytes;

  /** Takes bare bytes for numbers of a type. */
  ArrayDecoder(NumberType typeOfBytes) {
    this.typeOfBytes = typeOfBytes;
  }

  StoredArray decode(StoredFile file, String where) throws DataException {
    String extension = file.extension();
    if (extension.equals("npy") || extension.endsWith(".npy")) {
      return NpyFile.read(file.content(), where);
    }
    Optional<ArrayEncoding> encoding =
        extension.equals(BYTES)
            ? Optional.of(
                new ArrayEncoding(
                    Optional.of(typeOfBytes),
                    Optional.of(List.of((long) file.length() / typeOfBytes.bytes()))))
            : ArrayEncoding.of(extension);
    if (encoding.isEmpty()) {
      throw new DataException(
          Kind.Corrupt,
          where,
          "is stored as '" + extension + "', which holds no numbers",
          "name another column or files, or remove latents");
    }
    return encoding.get().read(file.content(), where);
  }
}
