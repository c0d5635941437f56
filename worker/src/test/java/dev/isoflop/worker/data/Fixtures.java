package dev.isoflop.worker.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** Files that other programs made; see {@code src/test/python}. */
public final class Fixtures {
  private Fixtures() {}

  /** The bytes of a file under {@code dev/isoflop/worker/data}. */
  public static byte[] bytes(String name) throws IOException {
    try (InputStream input = Fixtures.class.getResourceAsStream(name)) {
      if (input == null) {
        throw new AssertionError("no test resource " + name);
      }
      return input.readAllBytes();
    }
  }

  /** Where a file or folder lies. */
  public static Path path(String name) {
    URL found = Fixtures.class.getResource(name);
    if (found == null) {
      throw new AssertionError("no test resource " + name);
    }
    try {
      return Path.of(found.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Value i of the latents of a sample, in the fixtures. */
  public static float latent(int sample, int i) {
    return (sample * 64 + i) / 256f - 0.5f;
  }

  /** Value i of the text features of a sample, in the fixtures. */
  public static float text(int sample, int i) {
    return sample + i / 8f;
  }
}
