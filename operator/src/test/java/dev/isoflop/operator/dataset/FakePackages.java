package dev.isoflop.operator.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A small registry: base emoji "emoji 0" and so on, each with two skin tones, in two styles. Every
 * picture has a colour of its own unless {@link #picture} says otherwise.
 */
final class FakePackages implements PackageClient {
  private final Path registry;
  private final SortedMap<String, byte[]> captions = new TreeMap<>();
  private final SortedMap<String, byte[]> google = new TreeMap<>();
  private final SortedMap<String, byte[]> twitter = new TreeMap<>();
  private final List<ExcludedEmoji> excluded = new ArrayList<>();
  private final List<String> fetched = new ArrayList<>();

  FakePackages(Path registry, int emoji) throws IOException {
    this.registry = registry;
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < emoji; i++) {
      json.append(i == 0 ? "" : ",")
          .append(
              "{\"label\":\"emoji %1$d\",\"hexcode\":\"%2$s-FE0F\",\"skins\":["
                  .formatted(i, hex(i)))
          .append("{\"label\":\"emoji %d: light\",\"hexcode\":\"%s-1F3FB\"},".formatted(i, hex(i)))
          .append("{\"label\":\"emoji %d: dark\",\"hexcode\":\"%s-1F3FF\"}]}".formatted(i, hex(i)));
      int tone = 0;
      for (String suffix : new String[] {"", "-1f3fb", "-1f3ff"}) {
        String name = hex(i).toLowerCase(Locale.ROOT) + suffix;
        picture("google", name, png(3 * i + tone));
        picture("twitter", name, png(1_000_000 + 3 * i + tone));
        tone++;
      }
    }
    captions("package/en/data.json", json.append("]").toString());
  }

  static String hex(int emoji) {
    return Integer.toHexString(0x1f000 + emoji).toUpperCase(Locale.ROOT);
  }

  FakePackages captions(String name, String content) {
    captions.put(name, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  FakePackages picture(String style, String hexcode, byte[] png) {
    (style.equals("google") ? google : twitter)
        .put("package/img/" + style + "/64/" + hexcode + ".png", png);
    return this;
  }

  FakePackages exclude(String style, String hexcode) {
    excluded.add(new ExcludedEmoji(style, hexcode, "a test"));
    return this;
  }

  /** Writes the archives and pins what was written. */
  EmojiSources publish() throws IOException {
    google.put("package/img/google/sheets/64.png", png(5));
    return new EmojiSources(
        archive("captions", captions),
        archive("google", google),
        archive("twitter", twitter),
        excluded);
  }

  /** The packages that were fetched, in order. */
  List<String> fetched() {
    return fetched;
  }

  @Override
  public Path fetch(PackagePin pin, Path folder) throws DatasetException {
    fetched.add(pin.name());
    try {
      return Files.copy(registry.resolve(pin.archiveName()), folder.resolve(pin.archiveName()));
    } catch (IOException e) {
      throw new DatasetException("no such package " + pin.name(), "publish it", e);
    }
  }

  Path archiveOf(PackagePin pin) {
    return registry.resolve(pin.archiveName());
  }

  /** A 64 x 64 picture of one colour. */
  static byte[] png(int color) throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, color);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private PackagePin archive(String name, SortedMap<String, byte[]> files) throws IOException {
    Path archive = registry.resolve(name + "-1.0.0.tgz");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
      for (var file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        entry.setModTime(0L);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return new PackagePin(
        name, "1.0.0", Files.size(archive), PackageStore.integrity(archive), "MIT", "by a test");
  }
}
