package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One named data set. */
public record DatasetSpec(
    @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @JsonPropertyDescription("Name in metrics and reports.")
        String name,
    @Required
        @Size(min = 1, max = 2048)
        @JsonPropertyDescription(
            "Where it is: scenes:solid or scenes:sketched for Scenes; else a path, file: or http(s):"
                + " URI, with brace ranges ({00000..00031}), globs (on file systems), or several"
                + " separated by commas. See docs/data.md.")
        String uri,
    @Required
        @JsonPropertyDescription("How it is stored: Scenes, WebDataset, MDS, Npy or Safetensors.")
        DataFormat format,
    @JsonPropertyDescription("What stored latents mean; absent if the set holds images.")
        @Nullable LatentsSpec latents,
    @JsonPropertyDescription("Which columns are read; absent for the usual names.")
        @Nullable ColumnsSpec columns) {

  /** A set of images with the usual names. */
  public DatasetSpec(String name, String uri, DataFormat format) {
    this(name, uri, format, null, null);
  }
}
