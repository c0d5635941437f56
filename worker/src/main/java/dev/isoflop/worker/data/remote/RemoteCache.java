package dev.isoflop.worker.data.remote;

import static java.util.Objects.requireNonNull;

import dev.isoflop.common.HeldFolder;
import dev.isoflop.common.Sha256;
import dev.isoflop.text.ShownText;
import dev.isoflop.worker.data.DataException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files behind URLs, by way of a folder on this machine. Safe for use by threads and by several
 * processes at once.
 *
 * <p>A process asks the server once about each file that is there already; if it cannot be reached,
 * the file is used as it is. A file that changes while a process works with it is an error: trials
 * would have seen different data under one name. The bytes of a file are compared with the digest
 * of its download before a process uses it; what differs is fetched again.
 */
public final class RemoteCache {
  /** Downloads have a folder of their own in the cache, for they alone are removed by age. */
  private static final String DOWNLOADS = "downloads";

  private static final Duration CONNECT = Duration.ofSeconds(20);

  private final CacheSettings settings;
  private final CacheSpace space;
  private final Retries retries;
  private final Sleeper sleeper;
  private final Consumer<String> log;
  private final HttpClient client;
  private final ConcurrentHashMap<URI, FileRecord> confirmed = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<URI, CheckedFile> checked = new ConcurrentHashMap<>();

  /**
   * A cache with the usual patience.
   *
   * @param log takes what a user should know but need not act on
   */
  public RemoteCache(CacheSettings settings, Clock clock, Consumer<String> log) {
    this(settings, clock, log, Retries.DEFAULT, Sleeper.REAL);
  }

  RemoteCache(
      CacheSettings settings, Clock clock, Consumer<String> log, Retries retries, Sleeper sleeper) {
    this.settings = new CacheSettings(settings.folder().resolve(DOWNLOADS), settings.mostBytes());
    this.log = requireNonNull(log, "log");
    this.retries = requireNonNull(retries, "retries");
    this.sleeper = requireNonNull(sleeper, "sleeper");
    space = new CacheSpace(this.settings, clock);
    client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  /** The bytes of a file, from their start; they stay readable when the cache drops the file. */
  public FileChannel open(URI uri, String field) throws DataException {
    return open(uri, field, Optional.empty());
  }

  /**
   * The bytes of a file that must have a digest.
   *
   * @param field the setting that names it, for errors
   * @param sha256 64 hexadecimal digits
   * @throws DataException if it cannot be had, with what to do about it
   */
  public FileChannel open(URI uri, String field, Optional<String> sha256) throws DataException {
    CacheEntry entry = new CacheEntry(settings.folder(), uri);
    try {
      HeldFolder.make(settings.folder()).close();
      CacheLock lock = CacheLock.take(settings.folder(), entry.key());
      try {
        FileRecord present = ensure(entry, field);
        Optional<FileChannel> whole = whole(entry, present);
        if (whole.isEmpty()) {
          log.accept(
              entry.shown()
                  + ": its copy in the cache is not what was downloaded; fetching it again");
          entry.remove();
          present = ensure(entry, field);
          whole = whole(entry, present);
        }
        FileChannel channel = whole.orElseThrow(() -> RemoteFault.changed(field, uri));
        String found = String.valueOf(present.sha256());
        if (sha256.isPresent() && !found.equals("sha256:" + sha256.get())) {
          channel.close();
          throw RemoteFault.wrongDigest(field, uri, found, sha256.get());
        }
        space.used(entry.data());
        return channel;
      } finally {
        lock.close();
      }
    } catch (IOException e) {
      throw RemoteFault.disk(settings, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RemoteFault.interrupted(field, uri);
    }
  }

  /**
   * Looks whether a file can be had: it is there already, or its server would send it. Of its
   * content a byte is asked for.
   *
   * @throws DataException if it cannot be had
   */
  public void probe(URI uri, String field) throws DataException {
    CacheEntry entry = new CacheEntry(settings.folder(), uri);
    try {
      if (Files.isDirectory(settings.folder()) && entry.whole().isPresent()) {
        return;
      }
    } catch (IOException e) {
      throw RemoteFault.disk(settings, e);
    }
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(CONNECT).header("Range", "bytes=0-0").build();
    try {
      HttpResponse<BodyReader> response =
          client.send(request, head -> new BodyReader(retries.stall()));
      response.body().close();
      int status = response.statusCode();
      if (status >= 300) {
        throw RemoteFault.status(field, uri, status);
      }
    } catch (IOException e) {
      throw RemoteFault.isUntrusted(e)
          ? RemoteFault.untrusted(field, uri, e)
          : RemoteFault.unreachable(field, uri, 1, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RemoteFault.interrupted(field, uri);
    }
  }

  /**
   * The file, if its bytes have the digest of its record: whoever may write to the cache may have
   * changed them. They are read once in a process, and again if another file takes the place.
   */
  private Optional<FileChannel> whole(CacheEntry entry, FileRecord present) throws IOException {
    FileChannel channel =
        FileChannel.open(entry.data(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    boolean right = false;
    try {
      CheckedFile file = CheckedFile.of(entry.data(), present);
      right = file.equals(checked.get(entry.uri()));
      if (!right && digest(channel).equals(present.sha256())) {
        channel.position(0);
        checked.put(entry.uri(), file);
        right = true;
      }
      return right ? Optional.of(channel) : Optional.empty();
    } finally {
      if (!right) {
        channel.close();
      }
    }
  }

  private FileRecord ensure(CacheEntry entry, String field)
      throws DataException, IOException, InterruptedException {
    Optional<FileRecord> present = entry.whole();
    FileRecord known = confirmed.get(entry.uri());
    if (known != null && present.isPresent() && present.get().equals(known)) {
      return known;
    }
    if (present.isPresent()) {
      entry.withoutUri(present.get());
    }
    FileRecord now =
        present.isPresent() ? confirm(entry, field, present.get()) : download(entry, field);
    if (known != null && !sameContent(known, now)) {
      throw RemoteFault.changed(field, entry.uri());
    }
    confirmed.put(entry.uri(), now);
    return now;
  }

  private static boolean sameContent(FileRecord a, FileRecord b) {
    return a.length() == b.length() && String.valueOf(a.sha256()).equals(b.sha256());
  }

  /** The file in hand if the server still has it or cannot be asked, else the new one. */
  private FileRecord confirm(CacheEntry entry, String field, FileRecord inHand)
      throws DataException, IOException, InterruptedException {
    Optional<FileRecord> newer;
    try {
      newer = start(entry, field).run(Optional.of(inHand), 1);
    } catch (UnreachableException e) {
      return copy(entry, inHand, e.failure().toString());
    } catch (DataException e) {
      if (e.kind() != DataException.Kind.Missing) {
        throw e;
      }
      return copy(entry, inHand, String.valueOf(e.getMessage()));
    }
    if (newer.isEmpty()) {
      return inHand;
    }
    log.accept(entry.shown() + " is not what it was when it was last used; using the new one");
    return finish(entry, newer.get());
  }

  private FileRecord copy(CacheEntry entry, FileRecord inHand, String why) {
    log.accept(
        ShownText.message(
            "using the copy of %s from an earlier run: %s".formatted(entry.shown(), why)));
    return inHand;
  }

  private FileRecord download(CacheEntry entry, String field)
      throws DataException, IOException, InterruptedException {
    try {
      return finish(
          entry, start(entry, field).run(Optional.empty(), retries.tries()).orElseThrow());
    } catch (UnreachableException e) {
      throw RemoteFault.unreachable(field, entry.uri(), e.tries(), e.failure());
    }
  }

  private Download start(CacheEntry entry, String field) {
    return new Download(client, settings, space, retries, sleeper, field, entry, log);
  }

  private FileRecord finish(CacheEntry entry, FileRecord complete) throws IOException {
    String digest;
    try (FileChannel part =
        FileChannel.open(entry.part(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      digest = digest(part);
    }
    FileRecord whole =
        new FileRecord(complete.address(), complete.validator(), complete.length(), digest);
    CheckedFile file = CheckedFile.of(entry.part(), whole);
    entry.finish(whole);
    checked.put(entry.uri(), file); // a renamed file is the same one
    return whole;
  }

  private static String digest(FileChannel channel) throws IOException {
    MessageDigest digest = Sha256.start();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    while (channel.read(buffer.clear()) > 0) {
      digest.update(buffer.flip());
    }
    return Sha256.finish(digest);
  }

  /**
   * A file whose bytes were compared with its digest.
   *
   * @param key of the file on its disk, its inode, which renaming keeps; null where there is none
   */
  private record CheckedFile(@Nullable Object key, FileRecord record) {
    static CheckedFile of(Path file, FileRecord record) throws IOException {
      return new CheckedFile(
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey(),
          record);
    }
  }
}
