package dev.isoflop.worker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file to which nothing can be written, as on a full disk. */
public final class FullDisk {
  private FullDisk() {}

  /**
   * Makes a node of the device {@code /dev/full}, to which the kernel answers every write as a full
   * disk does. A link to it would not be followed. Only root may make one; for others the test is
   * skipped and says so.
   */
  public static void at(Path file) throws IOException, InterruptedException {
    Process mknod = new ProcessBuilder("mknod", file.toString(), "c", "1", "7").start();
    boolean made = mknod.waitFor() == 0;
    assumeTrue(made && isFull(file), "only root may make a device that is always full");
  }

  private static boolean isFull(Path file) {
    try {
      Files.write(file, new byte[1], StandardOpenOption.WRITE);
      return false;
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).contains("No space left");
    }
  }
}
