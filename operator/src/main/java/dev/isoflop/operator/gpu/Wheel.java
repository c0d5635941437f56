package dev.isoflop.operator.gpu;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One version of a Python package for this platform, known by its content.
 *
 * @param bytes size of its archive
 * @param sha256 of its archive, 64 hexadecimal digits
 */
record Wheel(String name, String version, long bytes, String sha256) {
  private static final Pattern LINE =
      Pattern.compile("(\\S+)==(\\S+) --hash=sha256:([0-9a-f]{64}) # (\\d+) bytes");

  /** The wheels of libtorch for CUDA, in the order in which they are fetched. */
  static List<Wheel> ofCuda() {
    try (InputStream input =
        Objects.requireNonNull(Wheel.class.getResourceAsStream("cuda-requirements.txt"))) {
      return read(new String(input.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("a resource of this program cannot be read", e);
    }
  }

  /** Reads a file of requirements in which every line pins and tells the size. */
  static List<Wheel> read(String requirements) {
    List<Wheel> wheels = new ArrayList<>();
    for (String line : requirements.lines().filter(it -> !it.startsWith("#")).toList()) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalStateException("no pinned requirement with a size: " + line);
      }
      wheels.add(
          new Wheel(
              matcher.group(1),
              matcher.group(2),
              Long.parseLong(matcher.group(4)),
              matcher.group(3)));
    }
    return List.copyOf(wheels);
  }

  /** The requirement as pip takes it. */
  String requirement() {
    return "%s==%s --hash=sha256:%s".formatted(name, version, sha256);
  }

  @Override
  public String toString() {
    return name + " " + version;
  }
}
