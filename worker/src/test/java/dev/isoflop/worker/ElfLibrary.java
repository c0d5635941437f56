package dev.isoflop.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A shared library for Linux on x86-64 that holds nothing, but may need another one. */
final class ElfLibrary {
  private static final int HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int TABLES = HEADER + 2 * PROGRAM_HEADER;
  private static final int HASH = TABLES + 24; // after one symbol of nothing
  private static final int NAMES = HASH + 16;

  private ElfLibrary() {}

  /**
   * Writes it.
   *
   * @param needed name of the library without which it cannot be loaded; empty for none
   */
  static Path write(Path file, String needed) throws IOException {
    byte[] names = ("\0" + needed + "\0").getBytes(US_ASCII);
    int dynamic = (NAMES + names.length + 7) / 8 * 8;
    int entries = needed.isEmpty() ? 6 : 7;
    int size = dynamic + 16 * entries;
    ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    elf.putShort((short) 3).putShort((short) 62).putInt(1); // shared object, x86-64
    elf.putLong(0).putLong(HEADER).putLong(0).putInt(0);
    elf.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 2);
    elf.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    segment(elf, 1, 0, size, 0x1000);
    segment(elf, 2, dynamic, 16L * entries, 8);
    elf.position(HASH);
    elf.putInt(1).putInt(1).putInt(0).putInt(0); // one bucket, one symbol
    elf.put(names).position(dynamic);
    if (!needed.isEmpty()) {
      elf.putLong(1).putLong(1);
    }
    elf.putLong(4).putLong(HASH); // DT_HASH
    elf.putLong(5).putLong(NAMES); // DT_STRTAB
    elf.putLong(6).putLong(TABLES); // DT_SYMTAB
    elf.putLong(10).putLong(names.length); // DT_STRSZ
    elf.putLong(11).putLong(24); // DT_SYMENT
    elf.putLong(0).putLong(0);
    return Files.write(file, elf.array());
  }

  private static void segment(ByteBuffer elf, int type, long offset, long size, long alignment) {
    elf.putInt(type).putInt(6); // readable and writable
    elf.putLong(offset).putLong(offset).putLong(offset);
    elf.putLong(size).putLong(size).putLong(alignment);
  }
}
