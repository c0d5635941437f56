package dev.isoflop.operator.dataset;

import dev.isoflop.common.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes pictures as WebDataset shards. The bytes follow from the pictures alone: no times, owners
 * or library's compression are in them. Samples are ordered by a hash, so that the first n of a set
 * are a fair choice of it.
 */
final class ShardWriter {
  private static final int SAMPLES_PER_SHARD = 512;
  private static final String ORDER = "isoflop emoji order 1\n";

  private ShardWriter() {}

  /** Writes one set into a folder as {@code NAME-00000.tar} and so on. */
  static EmojiSet write(Path folder, String name, List<EmojiPicture> pictures, int imageSize)
      throws IOException {
    List<EmojiPicture> ordered = new ArrayList<>(pictures);
    ordered.sort(
        Comparator.<EmojiPicture>comparingLong(each -> EmojiSplit.hash(ORDER + each.hexcode()))
            .thenComparing(EmojiPicture::hexcode));
    List<EmojiSet.Shard> shards = new ArrayList<>();
    for (int first = 0; first < ordered.size(); first += SAMPLES_PER_SHARD) {
      int end = Math.min(ordered.size(), first + SAMPLES_PER_SHARD);
      String file = "%s-%05d.tar".formatted(name, shards.size());
      byte[] tar = tar(ordered.subList(first, end), imageSize);
      Files.write(folder.resolve(file), tar);
      shards.add(new EmojiSet.Shard(file, end - first, tar.length, Sha256.of(tar)));
    }
    long bases = pictures.stream().map(each -> each.label().base()).distinct().count();
    return new EmojiSet(name, pictures.size(), bases, shards);
  }

  private static byte[] tar(List<EmojiPicture> pictures, int imageSize) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      for (EmojiPicture picture : pictures) {
        String key = picture.hexcode().toLowerCase(Locale.ROOT);
        SquarePixels pixels = picture.pixels();
        put(
            tar,
            key + ".png",
            PlainPng.encode(pixels.size() == imageSize ? pixels : pixels.scaledTo(imageSize)));
        put(tar, key + ".txt", picture.label().caption().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setModTime(0L);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
