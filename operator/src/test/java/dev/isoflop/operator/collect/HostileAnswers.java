package dev.isoflop.operator.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/**
 * Answers that no Prometheus and no worker gives, and some that they give, drawn from a seed. Each
 * holds the word {@link #SECRET} somewhere, which no message may repeat.
 */
final class HostileAnswers {
  static final String SECRET = "s3cr3t";

  /** The largest answer that is written; whoever listens has gone long before. */
  private static final int MOST_BYTES = 31 << 20;

  private static final List<String> VALUES =
      List.of("1", "NaN", "+Inf", "-Inf", "1e400", "-0", "0x1p-1074", "1d", "", SECRET, "1e-400");

  private static final List<String> TRIALS = List.of("a", "b", "c", SECRET);

  /** In JSON, where most of {@link #VALUES} are texts or none. */
  private static final List<String> NUMBERS =
      List.of(
          "1",
          "0.5",
          "-0",
          "-7",
          "1e400",
          "-1e400",
          "1e-400",
          "1e999999999",
          "99999999999999999999",
          "null",
          "\"NaN\"",
          "NaN",
          "[1]",
          "{}",
          "\"" + SECRET + "\"");

  private static final List<String> FIELDS =
      List.of("step", "ratio", "trainLoss", "checkpointAgeSeconds", SECRET);

  private static final List<String> NAMES =
      List.of(
          "isoflop_step",
          "isoflop_progress_ratio",
          "isoflop_train_loss",
          "isoflop_checkpoint_age_seconds",
          "isoflop_tokens_total",
          SECRET);

  private static final List<String> ENDLESS =
      List.of(
          "[",
          "{\"a\":",
          "[{\"metric\":",
          "\\u0000",
          "9",
          "x",
          "\"",
          "{}",
          "[],",
          "\n",
          "{\"progress\":",
          "\"step\":1,",
          "1e99999",
          " ",
          "\u00e9",
          "0,",
          "\\",
          "{\"metric\":{\"trial\":\"a\",\"__name__\":\"isoflop_step\"},\"value\":[1,\"1\"]},");

  private final Random random;

  HostileAnswers(long seed) {
    random = new Random(seed);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A body as a Prometheus would answer it, with some values that are none, changed at places. */
  byte[] vector() {
    StringBuilder text = new StringBuilder("{\"status\":\"success\",\"data\":{\"result\":[");
    int series = random.nextInt(30);
    for (int i = 0; i < series; i++) {
      text.append(i == 0 ? "" : ",")
          .append(
              "{\"metric\":{\"__name__\":\"%s\",\"%s\":\"%s\",\"trial\":\"%s\"}"
                  .formatted(one(NAMES), label(), label(), one(TRIALS)))
          .append(",\"value\":[1.5,\"%s\"]}".formatted(one(VALUES)));
    }
    return changed(text.append("]}}").toString());
  }

  /** A report as a worker would answer it, with some values that are none, changed at places. */
  byte[] report() {
    StringBuilder text = new StringBuilder("{\"trial\":\"%s\"".formatted(one(TRIALS)));
    text.append(",\"%s\":%s".formatted(label(), one(NUMBERS)));
    text.append(",\"progress\":{\"step\":").append(one(NUMBERS));
    int fields = random.nextInt(6);
    for (int i = 0; i < fields; i++) {
      text.append(",\"%s\":%s".formatted(one(FIELDS), one(NUMBERS)));
    }
    return changed(text.append("}}").toString());
  }

  private String label() {
    return random.nextInt(20) == 0 ? SECRET.repeat(1 << random.nextInt(12)) : "label";
  }

  private byte[] changed(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    double share = one(List.of(0.0, 0.0005, 0.02));
    for (byte letter : bytes) {
      if (random.nextDouble() >= share) {
        changed.write(letter);
        continue;
      }
      switch (random.nextInt(4)) {
        case 0 -> changed.write(random.nextInt(256));
        case 1 -> changed.writeBytes(one(ENDLESS).repeat(random.nextInt(200)).getBytes(UTF_8));
        case 2 -> changed.writeBytes(SECRET.getBytes(UTF_8));
        default -> {
          // left out
        }
      }
    }
    byte[] whole = changed.toByteArray();
    return random.nextInt(10) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length + 1)) : whole;
  }

  /** A body of any kind. */
  byte[] body() {
    return switch (random.nextInt(4)) {
      case 0 -> vector();
      case 1 -> report();
      case 2 ->
          (one(List.of("", "{\"data\":{\"result\":", "[", "{\"progress\":"))
                  + one(ENDLESS).repeat(5000))
              .getBytes(UTF_8);
      default -> {
        byte[] noise = new byte[random.nextInt(2000)];
        random.nextBytes(noise);
        yield noise;
      }
    };
  }

  /** A whole answer with its head, or what stands for one. */
  HostileServer.Answer answer(int port) {
    String ok = "HTTP/1.1 200 OK\r\n";
    return switch (random.nextInt(14)) {
      case 0 -> endless("", one(List.of("x", "HTTP/1.1 100 Continue\r\n\r\n", SECRET, "\r\n")));
      case 1 -> endless(ok, one(List.of("X-A: b\r\n", "X", "X-%s: y\r\n".formatted(SECRET))));
      case 2 ->
          fixed(
              "HTTP/1.1 %d Moved\r\nLocation: http://127.0.0.1:%d/%s\r\nContent-Length: 0\r\n\r\n"
                  .formatted(one(List.of(301, 302, 303, 307, 308, 401, 407)), port, SECRET)
                  .getBytes(UTF_8));
      case 3 -> endless(ok + "\r\n{\"data\":{\"result\":[", one(ENDLESS));
      case 4 -> endless(ok + "\r\n", one(ENDLESS));
      case 5 -> trickle(ok + "\r\n", body());
      case 6 -> fixed(withBody(ok + "Content-Encoding: gzip\r\n", bomb()));
      case 7 ->
          endless(
              ok + "Transfer-Encoding: chunked\r\n\r\n",
              one(List.of("1\r\na\r\n", "f;" + SECRET + "\r\n", "0", "7fffffff\r\n", "zz\r\n")));
      case 8 ->
          fixed(
              (ok
                      + "Content-Length: %s\r\n\r\n%s"
                          .formatted(
                              one(List.of("-1", "99999999999999999999", SECRET, "7, 8")), SECRET))
                  .getBytes(UTF_8));
      case 9 ->
          fixed(
              (one(List.of("HTTP/1.1 ", "", "HTTP/1.1 999 ")) + SECRET + "\r\n\r\n")
                  .getBytes(UTF_8));
      case 10 ->
          endless(
              ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n",
              "X-%s: trailer\r\n".formatted(SECRET));
      default -> fixed(withBody(ok, body()));
    };
  }

  private static byte[] withBody(String head, byte[] body) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes((head + "Content-Length: " + body.length + "\r\n\r\n").getBytes(ISO_8859_1));
    whole.writeBytes(body);
    return whole.toByteArray();
  }

  private static byte[] bomb() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      byte[] blanks = " ".repeat(1 << 16).getBytes(UTF_8);
      for (int i = 0; i < 160; i++) {
        gzip.write(blanks);
      }
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be written", e);
    }
    return bytes.toByteArray();
  }

  private static HostileServer.Answer fixed(byte[] bytes) {
    return out -> out.write(bytes);
  }

  private static HostileServer.Answer endless(String start, String text) {
    return out -> {
      out.write(start.getBytes(UTF_8));
      byte[] more = text.repeat(1 + 8000 / text.length()).getBytes(UTF_8);
      for (int written = 0; written < MOST_BYTES; written += more.length) {
        out.write(more);
      }
    };
  }

  private static HostileServer.Answer trickle(String start, byte[] body) {
    return out -> {
      out.write(start.getBytes(UTF_8));
      slowly(out, body);
    };
  }

  private static void slowly(OutputStream out, byte[] body) throws IOException {
    for (int i = 0; i < Math.min(body.length, 40); i++) {
      out.write(body[i]);
      out.flush();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
