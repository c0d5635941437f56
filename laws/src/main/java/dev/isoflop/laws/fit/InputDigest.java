package dev.isoflop.laws.fit;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.options.LawOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The digest of everything that a fit depends on, in a canonical text. */
final class InputDigest {

  private InputDigest() {}

  static String of(List<TrainedPoint> canonicalPoints, LawOptions options) {
    MessageDigest digest = sha256();
    update(digest, options.toString());
    for (TrainedPoint point : canonicalPoints) {
      update(digest, point.toString());
    }
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  /** Records print every component, and doubles print the digits that identify their bits. */
  private static void update(MessageDigest digest, String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
