package dev.isoflop.worker.data.remote;

import dev.isoflop.text.ShownText;
import dev.isoflop.worker.data.DataException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One file on its way into the cache, over as many tries as it takes. */
final class Download {
  /** Room is made in such steps where a server does not say how much will come. */
  private static final long STEP = 16L << 20;

  /** A fault of the cache's own disk, which no server can mend. */
  private static final class DiskException extends Exception {
    private static final long serialVersionUID = 1L;

    private final IOException failure;

    DiskException(IOException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  private final HttpClient client;
  private final CacheSettings settings;
  private final CacheSpace space;
  private final Retries retries;
  private final Sleeper sleeper;
  private final String field;
  private final CacheEntry entry;
  private final Consumer<String> log;
  private boolean progressed;
  private long furthest;

  Download(
      HttpClient client,
      CacheSettings settings,
      CacheSpace space,
      Retries retries,
      Sleeper sleeper,
      String field,
      CacheEntry entry,
      Consumer<String> log) {
    this.client = client;
    this.settings = settings;
    this.space = space;
    this.retries = retries;
    this.sleeper = sleeper;
    this.field = field;
    this.entry = entry;
    this.log = log;
  }

  /**
   * Downloads the file unless the server says that the one in hand is still right.
   *
   * @param inHand what is known of an earlier download
   * @param tries how often a server is asked that never answers; one that does gets the usual
   *     patience
   * @return what is known of the complete {@link CacheEntry#part part}; empty if the one in hand is
   *     right
   * @throws UnreachableException if it brought nothing new in as many tries as are allowed
   */
  Optional<FileRecord> run(Optional<FileRecord> inHand, int tries)
      throws DataException, UnreachableException, InterruptedException {
    int allowed = tries;
    int failed = 0;
    boolean told = false;
    while (true) {
      progressed = false;
      Duration asked = Duration.ZERO;
      IOException failure;
      try {
        Reply reply = once(inHand);
        if (reply instanceof Reply.Complete complete) {
          return Optional.of(complete.record());
        }
        if (reply instanceof Reply.Unchanged) {
          return Optional.empty();
        }
        Reply.Later later = (Reply.Later) reply;
        asked = later.pause();
        failure = new IOException(later.why());
      } catch (DiskException e) {
        throw RemoteFault.disk(settings, e.failure);
      } catch (IOException e) {
        if (RemoteFault.isUntrusted(e)) {
          throw RemoteFault.untrusted(field, entry.uri(), e);
        }
        failure = e;
      }
      failed = progressed ? 1 : failed + 1;
      allowed = progressed ? retries.tries() : allowed;
      if (failed >= allowed) {
        throw new UnreachableException(failed, failure);
      }
      if (!told) {
        told = true;
        log.accept(
            ShownText.message("%s: %s; trying again".formatted(entry.shown(), reason(failure))));
      }
      Duration pause = retries.pause(failed);
      sleeper.sleep(asked.compareTo(pause) > 0 ? asked : pause);
    }
  }

  private static String reason(IOException failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  /** End of one request. */
  private sealed interface Reply {
    record Complete(FileRecord record) implements Reply {}

    record Unchanged() implements Reply {}

    record Later(String why, Duration pause) implements Reply {}
  }

  private Reply once(Optional<FileRecord> inHand)
      throws DataException, DiskException, IOException, InterruptedException {
    Optional<FileRecord> partial = onDisk(entry::partial);
    long start = partial.isEmpty() ? 0 : onDisk(() -> Files.size(entry.part()));
    if (partial.isPresent() && start == partial.get().length()) {
      return new Reply.Complete(partial.get()); // it stopped between the last byte and its name
    }
    boolean resume = start > 0 && partial.get().validator().forRange().isPresent();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(entry.uri())
            .timeout(retries.stall())
            .header("Accept-Encoding", "identity");
    if (resume) {
      request
          .header("Range", "bytes=" + start + "-")
          .header("If-Range", partial.get().validator().forRange().get());
    } else if (inHand.isPresent()) {
      Validator known = inHand.get().validator();
      if (known.etag() != null) {
        request.header("If-None-Match", known.etag());
      } else if (known.lastModified() != null) {
        request.header("If-Modified-Since", known.lastModified());
      }
    }
    HttpResponse<BodyReader> response =
        client.send(request.build(), head -> new BodyReader(retries.stall()));
    try (BodyReader body = response.body()) {
      return switch (response.statusCode()) {
        case 200 -> {
          FileRecord fresh = record(response);
          if (inHand.isPresent() && sameFile(inHand.get(), fresh)) {
            yield new Reply.Unchanged();
          }
          onDisk(
              () -> {
                entry.startPart(fresh);
                return true;
              });
          yield receive(body, fresh, 0);
        }
        case 206 -> {
          if (!resume || !continues(response, partial.get(), start)) {
            onDisk(this::dropPart);
            yield new Reply.Later("the server sent another part than asked for", Duration.ZERO);
          }
          yield receive(body, partial.get(), start);
        }
        case 304 -> new Reply.Unchanged();
        case 416 -> {
          onDisk(this::dropPart);
          yield new Reply.Later("the file got shorter while it was downloaded", Duration.ZERO);
        }
        default -> {
          if (!RemoteFault.passes(response.statusCode())) {
            throw RemoteFault.status(field, entry.uri(), response.statusCode());
          }
          yield new Reply.Later("HTTP " + response.statusCode(), retryAfter(response));
        }
      };
    }
  }

  private boolean dropPart() throws IOException {
    entry.removePart();
    return true;
  }

  private FileRecord record(HttpResponse<?> response) {
    long length = response.headers().firstValueAsLong("Content-Length").orElse(FileRecord.UNKNOWN);
    return new FileRecord(entry.address(), Validator.of(response.headers()), length, null);
  }

  private static boolean sameFile(FileRecord known, FileRecord fresh) {
    boolean telling = known.validator().etag() != null || known.validator().lastModified() != null;
    boolean sameLength =
        fresh.length() == FileRecord.UNKNOWN ? telling : fresh.length() == known.length();
    return sameLength && known.validator().agreesWith(fresh.validator());
  }

  /** Whether an answer to a Range request goes on with the very file whose start is there. */
  private static boolean continues(HttpResponse<?> response, FileRecord partial, long start) {
    String range = response.headers().firstValue("Content-Range").orElse("");
    if (!range.matches("bytes \\d{1,18}-\\d{1,18}/(\\d{1,18}|\\*)")) {
      return false;
    }
    String total = range.substring(range.indexOf('/') + 1);
    return range.startsWith("bytes " + start + "-")
        && (total.equals("*") || Long.parseLong(total) == partial.length())
        && partial.validator().agreesWith(Validator.of(response.headers()));
  }

  /** A server's own wish, in seconds, within bounds; dates are not worth the trouble. */
  private Duration retryAfter(HttpResponse<?> response) {
    String text = response.headers().firstValue("Retry-After").orElse("");
    Duration wish =
        text.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.ZERO;
    return wish.compareTo(retries.longest()) > 0 ? retries.longest() : wish;
  }

  private Reply receive(BodyReader body, FileRecord known, long start)
      throws DataException, DiskException, IOException, InterruptedException {
    long written = start;
    long room = reserve(known.length() == FileRecord.UNKNOWN ? start + STEP : known.length());
    try (FileChannel channel =
        onDisk(
            () ->
                FileChannel.open(
                    entry.part(), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
      channel.position(start);
      for (var buffers = body.next(); !buffers.isEmpty(); buffers = body.next()) {
        for (ByteBuffer buffer : buffers) {
          written += buffer.remaining();
          if (known.length() == FileRecord.UNKNOWN && written > room) {
            room = reserve(written + STEP);
          }
          if (known.length() != FileRecord.UNKNOWN && written > known.length()) {
            throw new IOException("more came than the " + known.length() + " bytes announced");
          }
          write(channel, buffer);
        }
        if (written > furthest) { // what came before in another try is nothing new
          furthest = written;
          progressed = true;
        }
      }
      onDisk(
          () -> {
            channel.force(true);
            return true;
          });
    }
    if (known.length() != FileRecord.UNKNOWN && written < known.length()) {
      throw new IOException("only %d of %d bytes came".formatted(written, known.length()));
    }
    return new Reply.Complete(
        new FileRecord(known.address(), known.validator(), written, known.sha256()));
  }

  private long reserve(long bytes) throws DataException, DiskException, InterruptedException {
    if (bytes > settings.mostBytes()) {
      throw RemoteFault.tooLarge(field, entry.uri(), bytes, settings);
    }
    try {
      space.makeRoom(entry.key(), bytes);
      return bytes;
    } catch (IOException e) {
      throw new DiskException(e);
    }
  }

  private static void write(FileChannel channel, ByteBuffer buffer) throws DiskException {
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new DiskException(e);
    }
  }

  @FunctionalInterface
  private interface DiskWork<T> {
    T run() throws IOException;
  }

  private static <T> T onDisk(DiskWork<T> work) throws DiskException {
    try {
      return work.run();
    } catch (IOException e) {
      throw new DiskException(e);
    }
  }
}
