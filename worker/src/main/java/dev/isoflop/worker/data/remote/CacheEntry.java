package dev.isoflop.worker.data.remote;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isoflop.worker.data.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The files of one URL in the cache; used under its {@link CacheLock}. */
final class CacheEntry {
  static final String DATA = ".data";
  static final String PART = ".part";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final String key;
  private final URI uri;

  CacheEntry(Path folder, URI uri) {
    this.folder = folder;
    this.uri = uri;
    key = Sha256.of(uri.toString()).substring("sha256:".length(), "sha256:".length() + 32);
  }

  String key() {
    return key;
  }

  URI uri() {
    return uri;
  }

  Path data() {
    return folder.resolve(key + DATA);
  }

  Path part() {
    return folder.resolve(key + PART);
  }

  private Path record() {
    return folder.resolve(key + ".json");
  }

  private Path partRecord() {
    return folder.resolve(key + ".part.json");
  }

  /** What is known of the whole file, if it is there. */
  Optional<FileRecord> whole() throws IOException {
    return described(data(), record());
  }

  /** What is known of a download that stopped, if there is one. */
  Optional<FileRecord> partial() throws IOException {
    return described(part(), partRecord());
  }

  private Optional<FileRecord> described(Path file, Path description) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      FileRecord found = JSON.readValue(Files.readAllBytes(description), FileRecord.class);
      boolean complete = !file.equals(data()) || found.length() == Files.size(file);
      return complete && uri.toString().equals(found.url()) ? Optional.of(found) : Optional.empty();
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty(); // a crash left the one without the other: as good as absent
    }
  }

  /** Begins a download anew. */
  void startPart(FileRecord known) throws IOException {
    Files.deleteIfExists(part());
    Files.write(partRecord(), JSON.writeValueAsBytes(known));
    Files.createFile(part());
  }

  void removePart() throws IOException {
    Files.deleteIfExists(part());
    Files.deleteIfExists(partRecord());
  }

  /**
   * Makes the download the file. The description comes first and fits no other file, so that a
   * crash in between leaves none instead of a wrong one.
   */
  void finish(FileRecord known) throws IOException {
    Path draft = folder.resolve(key + ".json.part");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer text = ByteBuffer.wrap(JSON.writeValueAsBytes(known));
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
    Files.deleteIfExists(data());
    Files.move(draft, record(), StandardCopyOption.ATOMIC_MOVE);
    Files.move(part(), data(), StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(partRecord());
  }
}
