package dev.isoflop.operator.local.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The output of a trial's workers, the newest of it. Workers append to the file by themselves, so
 * it is cut while they write: what it held goes to {@code worker.log.1}, and the next line starts
 * the file anew.
 */
public record WorkerLog(Path file, long limitBytes) {

  /** Cuts the log if it is over its limit; a line written at this very moment may be lost. */
  public void bound() throws LocalFaultException {
    try {
      if (Files.exists(file) && Files.size(file) > limitBytes) {
        Files.copy(file, previous(), StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(0);
        }
      }
    } catch (IOException e) {
      throw LocalFaultException.writing(file, e);
    }
  }

  private Path previous() {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  /** The last bytes of the log as text, or why there are none. */
  String tail(int bytes) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer end = ByteBuffer.allocate(Math.toIntExact(Math.min(bytes, channel.size())));
      channel.read(end, channel.size() - end.capacity());
      return new String(end.array(), 0, end.position(), UTF_8);
    } catch (IOException e) {
      return file + ": " + LocalFaultException.problem(e);
    }
  }
}
