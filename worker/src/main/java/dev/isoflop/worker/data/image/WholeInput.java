package dev.isoflop.worker.data.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A stored picture as decoders read it. They may look a little past its end, as bit readers do; one
 * that goes on and on is stopped. TwelveMonkeys' WebP decoder, for one, takes the end for zeros and
 * spends minutes on a few damaged bytes.
 */
final class WholeInput extends MemoryCacheImageInputStream {
  private static final int MOST_READS_PAST_END = 4096;

  private int readsPastEnd;

  WholeInput(byte[] content) {
    super(new ByteArrayInputStream(content));
  }

  @Override
  public int read() throws IOException {
    return counted(super.read());
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return counted(super.read(bytes, offset, length));
  }

  private int counted(int result) throws IOException {
    if (result < 0 && ++readsPastEnd > MOST_READS_PAST_END) {
      throw new IOException("its content asks for more bytes than there are");
    }
    return result;
  }
}
