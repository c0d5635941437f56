package dev.isoflop.worker.data.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps the cache within its bound: what was not used for longest goes first. */
final class CacheSpace {
  /** A file that counts, when it was last used, and how large it is. */
  private record Kept(Path path, FileTime used, long bytes) {
    String key() {
      String name = String.valueOf(path.getFileName());
      return name.substring(0, name.lastIndexOf('.'));
    }
  }

  private final CacheSettings settings;
  private final Clock clock;

  CacheSpace(CacheSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Notes that a file is used now. */
  void used(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
  }

  /**
   * Removes files until one of some bytes fits beside the rest. Files that are open stay readable
   * for those who opened them; downloads in progress are left alone.
   *
   * @param own the key of the file that is to fit, which counts with {@code bytes} alone
   */
  void makeRoom(String own, long bytes) throws IOException, InterruptedException {
    CacheLock space = CacheLock.take(settings.folder(), "space");
    try {
      List<Kept> others = new ArrayList<>(kept());
      others.removeIf(file -> file.key().equals(own));
      long total = bytes + others.stream().mapToLong(Kept::bytes).sum();
      others.sort(Comparator.comparing(Kept::used).thenComparing(Kept::path));
      for (Kept file : others) {
        if (total <= settings.mostBytes()) {
          return;
        }
        if (remove(file)) {
          total -= file.bytes();
        }
      }
    } finally {
      space.close();
    }
  }

  private boolean remove(Kept file) throws IOException {
    Optional<CacheLock> lock = CacheLock.tryToTake(settings.folder(), file.key());
    if (lock.isEmpty()) {
      return false; // somebody downloads or opens it just now
    }
    try {
      Files.deleteIfExists(file.path());
      return true;
    } finally {
      lock.get().close();
    }
  }

  private List<Kept> kept() throws IOException {
    List<Kept> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(settings.folder())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(CacheEntry.DATA) || name.endsWith(CacheEntry.PART)) {
          try {
            found.add(new Kept(file, Files.getLastModifiedTime(file), Files.size(file)));
          } catch (NoSuchFileException e) {
            // Another process was faster: the file takes no room any more.
          }
        }
      }
    }
    return found;
  }
}
