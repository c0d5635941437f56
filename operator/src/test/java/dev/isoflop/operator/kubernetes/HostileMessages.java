package dev.isoflop.operator.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;

/** Termination messages made to break their reader, each from the sound one of a worker. */
final class HostileMessages {
  private static final List<String> VALUES =
      List.of(
          "NaN",
          "\"NaN\"",
          "\"Infinity\"",
          "1e999",
          "-1e999",
          "-1",
          "0",
          "1e308",
          "null",
          "true",
          "[]",
          "{}",
          "\"\"",
          "9223372036854775808",
          "1.5",
          "99999999999999999999999999999999999",
          "\"\\u0000\\u001b[2J\\u202e\"");

  private final Random random;

  HostileMessages(long seed) {
    random = new Random(seed);
  }

  String of(String sound) {
    return switch (random.nextInt(10)) {
      case 0 -> sound.substring(0, random.nextInt(sound.length() + 1));
      case 1 -> flipped(sound);
      case 2, 3, 4 -> withAnotherValue(sound);
      case 5 -> nested(random.nextBoolean() ? "[" : "{\"a\":", 1 + random.nextInt(100_000));
      case 6 -> "{\"metrics\":[" + "{},".repeat(random.nextInt(50_000)) + "{}]}";
      case 7 -> bomb();
      case 8 ->
          sound.replaceFirst("\\{", "{\"trial\":\"" + "x".repeat(random.nextInt(9000)) + "\",");
      default ->
          "deflate:"
              + flipped(Base64.getEncoder().encodeToString(sound.getBytes(StandardCharsets.UTF_8)));
    };
  }

  private static String nested(String opening, int depth) {
    return opening.repeat(depth);
  }

  private String flipped(String text) {
    StringBuilder flipped = new StringBuilder(text);
    for (int i = 0; i <= random.nextInt(4) && !flipped.isEmpty(); i++) {
      flipped.setCharAt(random.nextInt(flipped.length()), (char) random.nextInt(0x3000));
    }
    return flipped.toString();
  }

  /** One of the values in another's place; the token stays. */
  private String withAnotherValue(String sound) {
    List<Integer> colons =
        IntStream.range(0, sound.length()).filter(i -> sound.charAt(i) == ':').boxed().toList();
    if (colons.isEmpty()) {
      return sound;
    }
    int from = colons.get(random.nextInt(colons.size())) + 1;
    int to = from;
    while (to < sound.length() && ",}]".indexOf(sound.charAt(to)) < 0) {
      to++;
    }
    return sound.substring(0, from)
        + VALUES.get(random.nextInt(VALUES.size()))
        + sound.substring(to);
  }

  /** Little that becomes much. */
  private String bomb() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(bytes)) {
      byte[] brackets = "[".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 1 + random.nextInt(40); i++) {
        deflate.write(brackets);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return "deflate:" + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
