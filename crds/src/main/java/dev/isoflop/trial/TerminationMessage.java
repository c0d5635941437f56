package dev.isoflop.trial;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A trial's result as the termination message of its container: JSON, or where that is too long the
 * same JSON compressed, as {@code deflate:} and base64 of an RFC 1950 stream. Kubernetes keeps 4096
 * bytes of a message and cuts the rest off, which leaves no result at all.
 */
public final class TerminationMessage {
  /** Bytes of a container's message that the kubelet keeps. */
  public static final int LARGEST_BYTES = 4096;

  private static final String COMPRESSED = "deflate:";

  /** More than any result whose compressed message is kept. */
  private static final int LARGEST_JSON_BYTES = 64 << 10;

  private static final String TOKEN = "attemptToken";

  /**
   * Content of a message.
   *
   * @param token of the attempt that left it; null from workers that were given none
   */
  public record Content(TrialResult result, @Nullable String token) {}

  private TerminationMessage() {}

  /** A message without a token. */
  public static byte[] of(TrialResult result) {
    return of(result, null);
  }

  /**
   * The message in ASCII or UTF-8, compressed only where it is longer than what is kept.
   *
   * @param token that the attempt was given; null if it was given none
   */
  public static byte[] of(TrialResult result, @Nullable String token) {
    try {
      ObjectNode message = TrialJson.MAPPER.valueToTree(result);
      if (token != null) {
        message.put(TOKEN, token);
      }
      byte[] json = TrialJson.MAPPER.writeValueAsBytes(message);
      return json.length <= LARGEST_BYTES ? json : compressed(json);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException("results are plain values", impossible);
    }
  }

  private static byte[] compressed(byte[] json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION))) {
      deflate.write(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory takes all bytes", impossible);
    }
    return (COMPRESSED + Base64.getEncoder().encodeToString(bytes.toByteArray()))
        .getBytes(US_ASCII);
  }

  /**
   * The result in a message.
   *
   * @throws IOException if the message is none, was cut off, or is larger than any result
   */
  public static TrialResult read(String message) throws IOException {
    return content(message).result();
  }

  /**
   * The result in a message, and whose it is.
   *
   * @throws IOException if the message is none, was cut off, or is larger than any result
   */
  public static Content content(String message) throws IOException {
    if (message.length() > LARGEST_BYTES) {
      throw new IOException("the message has more than " + LARGEST_BYTES + " characters");
    }
    JsonNode tree =
        message.startsWith(COMPRESSED)
            ? TrialJson.OF_WORKER.readTree(json(message.substring(COMPRESSED.length()).strip()))
            : TrialJson.OF_WORKER.readTree(message);
    if (tree == null || !tree.isObject()) {
      throw new IOException("the message is not a JSON object");
    }
    JsonNode token = tree.path(TOKEN);
    return new Content(
        TrialJson.OF_WORKER.treeToValue(tree, TrialResult.class),
        token.isTextual() ? token.asText() : null);
  }

  private static byte[] json(String base64) throws IOException {
    byte[] compressed;
    try {
      compressed = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IOException("what follows " + COMPRESSED + " is not base64", e);
    }
    try (InflaterInputStream inflate =
        new InflaterInputStream(new ByteArrayInputStream(compressed))) {
      byte[] json = inflate.readNBytes(LARGEST_JSON_BYTES + 1);
      if (json.length > LARGEST_JSON_BYTES) {
        throw new IOException("the message holds more than " + LARGEST_JSON_BYTES + " bytes");
      }
      return json;
    }
  }
}
