package dev.isoflop.operator.cli;

import dev.isoflop.operator.local.SmallSweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Manifests in files. */
public final class Manifests {
  /** Three budgets and four sizes, planned and run in milliseconds. */
  public static final String SMALL = SmallSweep.MANIFEST;

  private Manifests() {}

  /** The manifest with a piece of text replaced, which stands in it. */
  public static String with(String text, String replacement) {
    if (!SMALL.contains(text)) {
      throw new IllegalArgumentException(text + ": does not stand in the manifest");
    }
    return SMALL.replace(text, replacement);
  }

  public static String write(Path folder, String text) {
    try {
      return Files.writeString(folder.resolve("sweep.yaml"), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
