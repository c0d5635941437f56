package dev.isoflop.worker.torch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Just enough of Python's pickle protocol 2 to write one object with plain attributes. */
final class Pickle {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  void beginObject(String module, String className) {
    bytes.write(0x80); // PROTO
    bytes.write(2);
    bytes.write('c'); // GLOBAL
    bytes.writeBytes((module + "\n" + className + "\n").getBytes(StandardCharsets.US_ASCII));
    bytes.write(')'); // EMPTY_TUPLE
    bytes.write(0x81); // NEWOBJ
    bytes.write('}'); // EMPTY_DICT
    bytes.write('('); // MARK
  }

  void attribute(String name, Object value) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    bytes.write('X'); // BINUNICODE
    bytes.writeBytes(little(4).putInt(text.length).array());
    bytes.writeBytes(text);
    if (value instanceof Boolean flag) {
      bytes.write(flag ? 0x88 : 0x89); // NEWTRUE, NEWFALSE
    } else if (value instanceof Long number) {
      bytes.write(0x8a); // LONG1
      bytes.write(8);
      bytes.writeBytes(little(8).putLong(number).array());
    } else if (value instanceof Double number) {
      bytes.write('G'); // BINFLOAT, big-endian
      bytes.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
    } else {
      throw new IllegalArgumentException(
          "attribute " + name + ": only Boolean, Long and Double can be written, not " + value);
    }
  }

  byte[] endObject() {
    bytes.write('u'); // SETITEMS
    bytes.write('b'); // BUILD
    bytes.write('.'); // STOP
    return bytes.toByteArray();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
