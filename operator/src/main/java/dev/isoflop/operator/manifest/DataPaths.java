package dev.isoflop.operator.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Places of data in a manifest's file: a relative path starts from the manifest's folder. Written
 * down they start from the working directory if they lie below it, so that a trial's key does not
 * tell where the working directory is; else they are absolute.
 *
 * <p>Where the manifest's folder has no such folder or file and the working directory has, the path
 * is left as it is.
 */
final class DataPaths {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final Pattern PATTERN_BEGINS = Pattern.compile("[*?{\\[]");

  private final Path folder;
  private final Path here;

  /**
   * @param folder of the manifest
   * @param here the working directory
   */
  DataPaths(Path folder, Path here) {
    this.folder = folder.toAbsolutePath().normalize();
    this.here = here.toAbsolutePath().normalize();
  }

  /** Rewrites every {@code uri} of a manifest's data sets, encoders and extractor. */
  void resolve(JsonNode manifest) {
    if (!folder.equals(here)) {
      walk(manifest.at("/spec/data"));
      walk(manifest.at("/spec/evaluation"));
    }
  }

  private void walk(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("uri").isTextual()) {
      object.put("uri", resolved(object.path("uri").asText()));
    }
    node.forEach(this::walk);
  }

  /** The place as this process finds it. */
  String resolved(String uri) {
    if (uri.isBlank() || uri.startsWith("/") || SCHEME.matcher(uri).matches()) {
      return uri;
    }
    if (!exists(folder, uri) && exists(here, uri)) {
      return uri;
    }
    String joined = joined(uri);
    String below = here + "/";
    return joined.startsWith(below) ? joined.substring(below.length()) : joined;
  }

  /** The folder's path and the uri's, without {@code .} and {@code ..} before any pattern. */
  private String joined(String uri) {
    Path base = folder;
    String rest = uri;
    while (rest.startsWith("./") || rest.startsWith("../")) {
      Path parent = base.getParent();
      base = rest.startsWith("../") && parent != null ? parent : base;
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return base + (base.toString().endsWith("/") ? "" : "/") + rest;
  }

  /** Whether what stands before a pattern is there. */
  private static boolean exists(Path from, String uri) {
    String[] literal = PATTERN_BEGINS.split(uri, 2);
    String fixed =
        literal.length == 1 ? uri : literal[0].substring(0, literal[0].lastIndexOf('/') + 1);
    try {
      return !fixed.isEmpty() && Files.exists(from.resolve(fixed));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
