package dev.isoflop.operator.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder that relative paths of a manifest start from, noted beside the manifest: what is
 * written in it stays as it is, so that keys and names of trials do not tell where a command was
 * called. A copy, such as that of a run's folder, keeps the note.
 */
public final class ManifestFolder {
  static final String ANNOTATION = "isoflop.dev/manifest-folder";

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private ManifestFolder() {}

  /** The folder; empty where none was noted. */
  public static Optional<String> of(ScalingSweep sweep) {
    return Optional.ofNullable(sweep.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(ANNOTATION));
  }

  /**
   * Notes the folder of a manifest that names anything by a relative path, unless another one is
   * noted and there.
   */
  static void note(ScalingSweep sweep, JsonNode manifest, Path folder) {
    boolean relative =
        namesRelative(manifest.at("/spec/data")) || namesRelative(manifest.at("/spec/evaluation"));
    boolean noted = of(sweep).filter(known -> Files.isDirectory(Path.of(known))).isPresent();
    if (relative && !noted) {
      @Nullable Map<String, String> annotations = sweep.getMetadata().getAnnotations();
      Map<String, String> all = new LinkedHashMap<>(annotations == null ? Map.of() : annotations);
      all.put(ANNOTATION, folder.toAbsolutePath().normalize().toString());
      sweep.getMetadata().setAnnotations(all);
    }
  }

  private static boolean namesRelative(JsonNode node) {
    String uri = node.path("uri").asText();
    if (!uri.isBlank() && !uri.startsWith("/") && !SCHEME.matcher(uri).matches()) {
      return true;
    }
    for (JsonNode child : node) {
      if (namesRelative(child)) {
        return true;
      }
    }
    return false;
  }
}
