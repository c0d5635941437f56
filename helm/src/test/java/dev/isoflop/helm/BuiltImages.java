package dev.isoflop.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The images that the build of this checkout pushes where docs/images.md is followed. */
final class BuiltImages {
  private static final Path POM = Path.of("../pom.xml");
  private static final Path IMAGES_POM = Path.of("../images/pom.xml");
  private static final Path GUIDE = Path.of("../docs/images.md");

  private BuiltImages() {}

  /** The version of the whole project. */
  static String version() throws IOException {
    return found(POM, "<artifactId>isoflop</artifactId>\\s*<version>([^<]+)</version>");
  }

  /** Name and tag of the operator's image. */
  static String operator() throws IOException {
    return named("operator", "(?s)<project.*?<image\\.tag>([^<]+)<");
  }

  /** Name and tag of the worker for the CPU. */
  static String worker() throws IOException {
    return named("worker", "(?s)<project.*?<image\\.tag>([^<]+)<");
  }

  /** Name and tag of the worker for NVIDIA GPUs, built with profile {@code cuda}. */
  static String cudaWorker() throws IOException {
    return named("worker", "(?s)<id>cuda</id>.*?<image\\.tag>([^<]+)<");
  }

  private static String named(String image, String tag) throws IOException {
    return found(GUIDE, "-Dimage\\." + image + "\\.name=(\\S+)")
        + ":"
        + found(IMAGES_POM, tag).replace("${project.version}", version());
  }

  private static String found(Path file, String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
    if (!matcher.find()) {
      throw new AssertionError(file + ": holds nothing like " + pattern);
    }
    return matcher.group(1);
  }
}
