package dev.isoflop.operator.local.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a file of a run. One that cannot be understood (a torn disk, a hand's edit) is put aside
 * with a notice, never deleted: what it said can be found again from the files beside it.
 */
final class StateFile {
  private StateFile() {}

  /** Turns a file into a value; throws for a file that is damaged. */
  interface Reader<T> {
    T read(Path file) throws IOException;
  }

  /** The value of a file; empty if it is absent or was put aside. */
  static <T> Optional<T> read(Path file, Reader<T> reader, Consumer<String> notice)
      throws LocalFaultException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.read(file));
    } catch (FileSystemException e) {
      throw LocalFaultException.reading(file, e);
    } catch (IOException | RuntimeException damaged) {
      Path aside = file.resolveSibling(file.getFileName() + ".damaged");
      putAside(file, aside);
      notice.accept(
          "%s: cannot be understood (%s); kept as %s and made anew"
              .formatted(file, firstLine(damaged), aside.getFileName()));
      return Optional.empty();
    }
  }

  private static void putAside(Path file, Path aside) throws LocalFaultException {
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw LocalFaultException.writing(aside, e);
    }
  }

  private static String firstLine(Exception damaged) {
    return String.valueOf(damaged.getMessage())
        .lines()
        .findFirst()
        .orElse(damaged.getClass().getSimpleName());
  }
}
