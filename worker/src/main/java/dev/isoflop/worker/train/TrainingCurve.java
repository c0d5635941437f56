package dev.isoflop.worker.train;

import dev.isoflop.worker.fault.DiskFault;
import dev.isoflop.worker.fault.TrialFault;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file {@code curve.csv}: one row a step. After a resume it goes on behind the row of the
 * checkpoint's step; later rows, which the killed process had still written, are cut off.
 */
public final class TrainingCurve implements AutoCloseable {
  static final String HEADER =
      "step,tokens,flops,train_loss,smoothed_train_loss,gradient_norm,learning_rate,seconds\n";

  private final Path file;
  private final FileChannel channel;
  private final BufferedWriter writer;

  private TrainingCurve(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
    writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.US_ASCII), 1 << 16);
  }

  /** One step's row; seconds are of training, over all attempts. */
  public record Row(
      long step,
      double tokens,
      double flops,
      double loss,
      double smoothedLoss,
      double gradientNorm,
      double learningRate,
      double seconds) {
    String csv() {
      return step
          + ","
          + tokens
          + ","
          + flops
          + ","
          + (float) loss
          + ","
          + (float) smoothedLoss
          + ","
          + (float) gradientNorm
          + ","
          + (float) learningRate
          + ","
          + Math.round(seconds * 1e6) / 1e6
          + "\n";
    }
  }

  /** Opens the file for the rows after {@code step}; 0 starts it anew. */
  public static TrainingCurve open(Path file, long step) throws TrialFault {
    try {
      long end = step == 0 ? 0 : endOfRow(file, step);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      channel.truncate(end).position(end);
      TrainingCurve curve = new TrainingCurve(file, channel);
      if (end == 0) {
        curve.writer.write(HEADER);
      }
      return curve;
    } catch (IOException e) {
      throw DiskFault.of(e, "opening " + file);
    }
  }

  /**
   * Where the row of {@code step} ends; the end of the last complete row before it if it is
   * missing.
   */
  private static long endOfRow(Path file, long step) throws IOException {
    try (InputStream rows = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = rows.readAllBytes();
      int end = 0;
      int start = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          if (stepOf(bytes, start) > step) {
            break;
          }
          end = i + 1;
          start = end;
        }
      }
      return end;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** The row's first number; 0 for the header. */
  private static long stepOf(byte[] bytes, int start) {
    long step = 0;
    for (int i = start; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      step = step * 10 + bytes[i] - '0';
    }
    return step;
  }

  public void append(Row row) throws TrialFault {
    try {
      writer.write(row.csv());
    } catch (IOException e) {
      throw DiskFault.of(e, "writing " + file);
    }
  }

  /** Brings all rows to the disk, to be called before a checkpoint that counts on them. */
  public void force() throws TrialFault {
    try {
      writer.flush();
      channel.force(false);
    } catch (IOException e) {
      throw DiskFault.of(e, "writing " + file);
    }
  }

  /** Shows the rows so far to readers of the file. */
  public void flush() throws TrialFault {
    try {
      writer.flush();
    } catch (IOException e) {
      throw DiskFault.of(e, "writing " + file);
    }
  }

  @Override
  public void close() throws TrialFault {
    try {
      writer.close();
    } catch (IOException e) {
      throw DiskFault.of(e, "writing " + file);
    }
  }
}
