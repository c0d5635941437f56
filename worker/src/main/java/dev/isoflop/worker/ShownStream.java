package dev.isoflop.worker;

import dev.isoflop.text.ShownText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A log whose text is {@linkplain ShownText#message fit to be shown}, stack traces included. */
final class ShownStream extends PrintStream {
  ShownStream(OutputStream out) {
    super(out, /* autoFlush= */ true, StandardCharsets.UTF_8);
  }

  /** The process's standard error. */
  static PrintStream standardError() {
    return new ShownStream(new FileOutputStream(FileDescriptor.err));
  }

  @Override
  public void print(@Nullable Object object) {
    print(String.valueOf(object));
  }

  /** All other methods for text end here. */
  @Override
  public void print(@Nullable String text) {
    super.print(ShownText.message(String.valueOf(text)));
  }
}
