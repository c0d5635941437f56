package dev.isoflop.worker.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isoflop.common.HeldFolder;
import dev.isoflop.common.Sha256;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.worker.model.DiffusionModel;
import dev.isoflop.worker.model.ModelState;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The bytes of one checkpoint: a line that names the format, the length of the header (4 bytes,
 * big- endian), the header as JSON, the flat tensors as little-endian FP32 in the order of {@link
 * ModelState.Section}, and the SHA-256 of all that.
 */
final class CheckpointFile {
  private static final byte[] MAGIC = "isoflop checkpoint\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int PART = 1 << 24;

  private CheckpointFile() {}

  /** Bytes that a checkpoint takes, but for its header of a few hundred. */
  static long bytes(ModelState state) {
    return ModelState.Section.values().length * state.inventory().size() * Float.BYTES;
  }

  /** Writes a file's content. */
  static void write(FileChannel channel, CheckpointHeader header, ModelState state)
      throws IOException {
    byte[] json = TrialJson.MAPPER.writeValueAsBytes(header);
    ByteBuffer start = ByteBuffer.allocate(MAGIC.length + Integer.BYTES + json.length);
    start.put(MAGIC).putInt(json.length).put(json).flip();
    MessageDigest digest = Sha256.start();
    write(channel, start, digest);
    for (ModelState.Section section : ModelState.Section.values()) {
      long size = state.inventory().size();
      for (long offset = 0; offset < size; offset += PART / Float.BYTES) {
        long length = Math.min(PART / Float.BYTES, size - offset);
        state.read(section, offset, length, part -> write(channel, part, digest));
      }
    }
    HeldFolder.writeAll(channel, ByteBuffer.wrap(digest.digest()));
  }

  private static void write(FileChannel channel, ByteBuffer bytes, MessageDigest digest)
      throws IOException {
    digest.update(bytes.duplicate());
    HeldFolder.writeAll(channel, bytes);
  }

  /** Reads the header alone. */
  static CheckpointHeader header(FileChannel channel) throws IOException, DamagedCheckpoint {
    return header(channel, Sha256.start());
  }

  /**
   * Reads the tensors into a state; if this fails, what the state holds is meaningless.
   *
   * @param channel at the file's start
   */
  static void restore(FileChannel channel, DiffusionModel model, ModelState state)
      throws IOException, DamagedCheckpoint {
    MessageDigest digest = Sha256.start();
    try {
      header(channel, digest);
      ByteBuffer memory = ByteBuffer.allocateDirect(PART).order(ByteOrder.nativeOrder());
      for (ModelState.Section section : ModelState.Section.values()) {
        long size = state.inventory().size();
        for (long offset = 0; offset < size; offset += PART / Float.BYTES) {
          memory.clear().limit((int) Math.min(PART, (size - offset) * Float.BYTES));
          read(channel, memory, digest);
          model.restore(state, section, offset, memory);
        }
      }
      byte[] expected = digest.digest();
      ByteBuffer end = ByteBuffer.allocate(expected.length);
      read(channel, end, Sha256.start());
      if (!Arrays.equals(expected, end.array()) || channel.position() != channel.size()) {
        throw new DamagedCheckpoint("its SHA-256 does not match its content");
      }
    } catch (EOFException e) {
      throw new DamagedCheckpoint("it is cut short");
    }
  }

  private static CheckpointHeader header(FileChannel channel, MessageDigest digest)
      throws IOException, DamagedCheckpoint {
    try {
      ByteBuffer start = ByteBuffer.allocate(MAGIC.length + Integer.BYTES);
      read(channel, start, digest);
      if (!Arrays.equals(start.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw new DamagedCheckpoint("it does not start as a checkpoint of Isoflop does");
      }
      int length = start.getInt(MAGIC.length);
      if (length < 2 || length > LONGEST_HEADER) {
        throw new DamagedCheckpoint("its header claims a length of " + length + " bytes");
      }
      ByteBuffer json = ByteBuffer.allocate(length);
      read(channel, json, digest);
      return TrialJson.MAPPER.readValue(json.array(), CheckpointHeader.class);
    } catch (EOFException e) {
      throw new DamagedCheckpoint("it is cut short");
    } catch (JsonProcessingException e) {
      throw new DamagedCheckpoint("its header is unreadable: " + e.getOriginalMessage());
    }
  }

  private static void read(FileChannel channel, ByteBuffer into, MessageDigest digest)
      throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into) < 0) {
        throw new EOFException();
      }
    }
    into.flip();
    digest.update(into.duplicate());
  }
}
