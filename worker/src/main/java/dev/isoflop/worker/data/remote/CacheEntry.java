package dev.isoflop.worker.data.remote;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isoflop.common.HeldFolder;
import dev.isoflop.common.Sha256;
import dev.isoflop.text.ShownUri;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The files of one URL in the cache; used under its {@link CacheLock}. */
final class CacheEntry {
  static final String DATA = ".data";
  static final String PART = ".part";

  private static final int LARGEST_RECORD = 1 << 16;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final String key;
  private final URI uri;
  private final String address;

  CacheEntry(Path folder, URI uri) {
    this.folder = folder;
    this.uri = uri;
    address = Sha256.of(uri.toString());
    key = address.substring("sha256:".length(), "sha256:".length() + 32);
  }

  String key() {
    return key;
  }

  URI uri() {
    return uri;
  }

  /** The URI as messages name it. */
  String shown() {
    return ShownUri.of(uri.toString());
  }

  /** Digest of the URI, by which a record names it: the URI itself may hold a permission. */
  String address() {
    return address;
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
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      FileRecord found = read(description);
      boolean complete = !file.equals(data()) || found.length() == Files.size(file);
      return complete && isOfThis(found)
          ? Optional.of(new FileRecord(address, found.validator(), found.length(), found.sha256()))
          : Optional.empty();
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty(); // a crash left the one without the other: as good as absent
    }
  }

  private static FileRecord read(Path description) throws IOException {
    try (InputStream content = Files.newInputStream(description, LinkOption.NOFOLLOW_LINKS)) {
      return JSON.readValue(content.readNBytes(LARGEST_RECORD), FileRecord.class);
    }
  }

  /** Forgets the file: its bytes are not those of its record. */
  void remove() throws IOException {
    Files.deleteIfExists(data());
    Files.deleteIfExists(record());
  }

  /** Records of earlier versions name the URI itself. */
  private boolean isOfThis(FileRecord found) {
    return address.equals(found.address()) || uri.toString().equals(found.address());
  }

  /** Replaces what an earlier version wrote of the whole file. */
  void withoutUri(FileRecord whole) throws IOException {
    FileRecord found = read(record());
    if (!address.equals(found.address())) {
      Files.move(draft(whole), record(), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Begins a download anew. */
  void startPart(FileRecord known) throws IOException {
    Files.deleteIfExists(part());
    Files.deleteIfExists(partRecord());
    Files.write(
        partRecord(),
        JSON.writeValueAsBytes(known),
        StandardOpenOption.CREATE_NEW, // through no link that somebody else may have put there
        StandardOpenOption.WRITE);
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
    Path draft = draft(known);
    Files.deleteIfExists(data());
    Files.move(draft, record(), StandardCopyOption.ATOMIC_MOVE);
    Files.move(part(), data(), StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(partRecord());
  }

  private Path draft(FileRecord known) throws IOException {
    Path draft = folder.resolve(key + ".json.part");
    Files.deleteIfExists(draft);
    try (FileChannel channel =
        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      HeldFolder.writeAll(channel, ByteBuffer.wrap(JSON.writeValueAsBytes(known)));
      channel.force(true);
    }
    return draft;
  }
}
