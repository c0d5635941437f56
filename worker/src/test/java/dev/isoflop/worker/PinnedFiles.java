package dev.isoflop.worker;

import dev.isoflop.common.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;

/** Files that stand among the test resources, beside the class of a test. */
public final class PinnedFiles {
  private PinnedFiles() {}

  /** Copies a file into a folder, under its own name. */
  public static Path copy(Class<?> test, String name, Path folder) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream input = Objects.requireNonNull(test.getResourceAsStream(name), name)) {
      Files.copy(input, file);
    }
    return file;
  }

  /** The 64 digits of a file's digest, as manifests write it. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = Sha256.start();
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }
}
