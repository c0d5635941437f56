package dev.isoflop.worker.data.array;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's npy format, versions 1 to 3: a magic, the version, the header's length, and a header that
 * is a Python dictionary of the type, the order and the shape. The dictionary is matched, never
 * evaluated, and an array of Python objects, whose content is a pickle, is refused.
 */
public final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's own bound on headers that it trusts. */
  private static final int LONGEST_HEADER = 10_000;

  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']{1,16})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9L, ]{0,400})\\)");
  private static final int MOST_SIDES = 32;

  private NpyFile() {}

  /**
   * The array of a whole file.
   *
   * @param where the file, for errors
   * @throws DataException if it is no npy file, damaged, or of a type that is no number
   */
  public static StoredArray read(byte[] content, String where) throws DataException {
    for (int i = 0; i < MAGIC.length; i++) {
      if (content.length <= i || content[i] != MAGIC[i]) {
        throw corrupt(where, "does not begin as a npy file does");
      }
    }
    int wide = content.length > 6 && content[6] >= 2 ? 4 : 2;
    int start = 8 + wide;
    if (content.length < start || content[6] < 1 || content[6] > 3) {
      throw corrupt(where, "is cut off, or of a npy version that is not known");
    }
    ByteBuffer head = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    long length = wide == 4 ? head.getInt(8) & 0xffffffffL : head.getShort(8) & 0xffff;
    if (length > LONGEST_HEADER || length > content.length - start) {
      throw corrupt(where, "has a npy header of " + length + " bytes, more than there can be");
    }
    String header = new String(content, start, (int) length, StandardCharsets.UTF_8);
    NumberType type = type(header, where);
    return StoredArray.of(type, shape(header, where), content, start + (int) length, where);
  }

  private static NumberType type(String header, String where) throws DataException {
    Matcher found = TYPE.matcher(header);
    if (!found.find()) {
      throw corrupt(where, "holds records or no type at all");
    }
    String code = found.group(1);
    if (code.contains("O")) {
      throw corrupt(where, "holds Python objects, which are a program and no numbers");
    }
    Optional<NumberType> type = NumberType.ofNpyCode(code);
    if (type.isEmpty()) {
      throw corrupt(where, "holds numbers of the type '" + code + "', which is not read");
    }
    Matcher order = ORDER.matcher(header);
    if (!order.find() || order.group(1).equals("True")) {
      throw corrupt(where, "is stored column by column (fortran_order)");
    }
    return type.get();
  }

  private static List<Long> shape(String header, String where) throws DataException {
    Matcher found = SHAPE.matcher(header);
    if (!found.find()) {
      throw corrupt(where, "has no shape in its header");
    }
    List<Long> shape = new ArrayList<>();
    for (String part : found.group(1).split(",", -1)) {
      String side = part.strip().replace("L", "");
      if (side.isEmpty()) {
        continue; // (3,) and () end so
      }
      if (!side.matches("\\d{1,18}") || shape.size() == MOST_SIDES) {
        throw corrupt(where, "has the shape (" + found.group(1) + "), which is none");
      }
      shape.add(Long.parseLong(side));
    }
    return shape;
  }

  private static DataException corrupt(String where, String problem) {
    return new DataException(
        Kind.Corrupt,
        where,
        problem,
        "write it with numpy.save(file, numpy.ascontiguousarray(array), allow_pickle=False)");
  }
}
