package dev.isoflop.worker.data.webdataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes shards for tests, entry by entry. */
public final class Shards implements AutoCloseable {
  private final TarArchiveOutputStream tar;

  private Shards(Path path) throws IOException {
    tar = new TarArchiveOutputStream(Files.newOutputStream(path), "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  public static Shards at(Path path) throws IOException {
    return new Shards(path);
  }

  /**
   * A shard of samples "first" to "first + count - 1", each with its number as caption and grey.
   */
  public static Path numbered(Path path, int first, int count) throws IOException {
    try (Shards shard = at(path)) {
      for (int i = first; i < first + count; i++) {
        shard.entry("%06d.png".formatted(i), png(i)).entry("%06d.txt".formatted(i), "number " + i);
      }
    }
    return path;
  }

  /** Samples in the four shards of {@link #fourNumbered}. */
  public static final int FOUR_NUMBERED = 25;

  /** 0.tar to 3.tar with 7, 1, 12 and 5 samples, numbered through. */
  public static void fourNumbered(Path folder) throws IOException {
    numbered(folder.resolve("0.tar"), 0, 7);
    numbered(folder.resolve("1.tar"), 7, 1);
    numbered(folder.resolve("2.tar"), 8, 12);
    numbered(folder.resolve("3.tar"), 20, 5);
  }

  /** The first captions of the four shards in stored order. */
  public static List<String> fourNumberedCaptions(int count) {
    return IntStream.range(0, count).mapToObj(i -> "number " + i).toList();
  }

  public Shards entry(String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setModTime(0); // equal content makes equal shards, whatever the clock says
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
    return this;
  }

  public Shards entry(String name, String content) throws IOException {
    return entry(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** A link of a type: '1' hard, '2' symbolic. */
  Shards link(String name, String target, byte type) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    return this;
  }

  Shards directory(String name) throws IOException {
    tar.putArchiveEntry(new TarArchiveEntry(name + "/"));
    tar.closeArchiveEntry();
    return this;
  }

  /** An 8 x 8 picture of one colour that tells its number. */
  public static byte[] png(int number) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, number * 977 & 0xffffff);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  /** A file that another program made; see the README beside them. */
  public static byte[] fixture(String name) throws IOException {
    try (InputStream input = Shards.class.getResourceAsStream(name)) {
      if (input == null) {
        throw new AssertionError("no test resource " + name);
      }
      return input.readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
