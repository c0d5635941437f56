package dev.isoflop.worker.data.open;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.trial.DataCheckRequest;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.worker.data.shard.locate.BracePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that a manifest names by relative paths: they start from the manifest's folder.
 * An experiment keeps them as they are written, so that its key does not tell where it was planned;
 * only who opens files asks here.
 *
 * <p>Where the manifest's folder has no such folder or file and the working directory has, the path
 * is left as it is.
 */
public final class DataPaths {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final Pattern PATTERN_MARK = Pattern.compile("[*?{}\\[\\],]");
  private static final Pattern PATTERN_BEGINS = Pattern.compile("[*?{\\[]");

  /** Formats whose {@code uri} may name several places, separated by commas. */
  private static final Set<String> SEVERAL =
      Set.of(DataFormat.WebDataset.name(), DataFormat.MDS.name(), DataFormat.Safetensors.name());

  private final Path folder;
  private final Path here;

  /**
   * @param folder of the manifest
   * @param here the working directory
   */
  DataPaths(Path folder, Path here) {
    this.folder = real(folder);
    this.here = real(here);
  }

  /** Without symbolic links, behind which {@code ..} leads elsewhere than the name tells. */
  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder.toAbsolutePath().normalize(); // what is in it is told missing when it is opened
    }
  }

  /**
   * Paths of a manifest that lies in a folder.
   *
   * @param folder null for the working directory
   */
  public static DataPaths from(@Nullable String folder) {
    Path here = Path.of("");
    return new DataPaths(folder == null ? here : Path.of(folder), here);
  }

  /**
   * The same experiment with every file where this process finds it; it has another key. A file is
   * called the same from every working directory, as the list of broken samples must know it again.
   */
  public TrialExperiment resolve(TrialExperiment experiment) {
    return resolved(experiment, TrialExperiment.class);
  }

  /** The same request with every file where this process finds it. */
  public DataCheckRequest resolve(DataCheckRequest request) {
    return folder.equals(here) ? request : resolved(request, DataCheckRequest.class);
  }

  private <T> T resolved(T value, Class<T> type) {
    JsonNode tree = TrialJson.MAPPER.valueToTree(value);
    resolve(tree);
    try {
      return TrialJson.MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was written can be read", e);
    }
  }

  /** Rewrites every {@code uri} of data sets, encoders and extractor. */
  void resolve(JsonNode manifest) {
    walk(manifest.path("data"));
    walk(manifest.path("evaluation"));
  }

  private void walk(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("uri").isTextual()) {
      String uri = object.path("uri").asText();
      boolean several = SEVERAL.contains(object.path("format").asText());
      object.put("uri", several ? resolvedList(uri) : resolved(uri));
    }
    node.forEach(this::walk);
  }

  private String resolvedList(String uri) {
    return BracePattern.splitList(uri).stream()
        .map(part -> resolved(part.strip()))
        .collect(Collectors.joining(","));
  }

  /** The place as this process finds it. */
  String resolved(String uri) {
    if (uri.isBlank() || uri.startsWith("/") || SCHEME.matcher(uri).matches()) {
      return uri;
    }
    if (!exists(folder, uri) && exists(here, uri)) {
      return uri;
    }
    if (folder.equals(here) && PATTERN_MARK.matcher(folder.toString()).find()) {
      return uri; // the folder's own name would be read as a pattern
    }
    return joined(uri);
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
