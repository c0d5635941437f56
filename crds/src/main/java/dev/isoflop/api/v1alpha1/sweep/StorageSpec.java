package dev.isoflop.api.v1alpha1.sweep;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Storage of checkpoints and results. */
public record StorageSpec(
    @Size(min = 1, max = 253)
        @Default("isoflop")
        @JsonPropertyDescription("Persistent volume claim in the sweep's namespace.")
        String claimName,
    @Size(max = 1024)
        @Pattern("^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$")
        @Default("sweeps")
        @JsonPropertyDescription("Folder inside the volume.")
        String path) {

  public StorageSpec {
    claimName = claimName == null ? "isoflop" : claimName;
    path = path == null ? "sweeps" : path;
  }
}
