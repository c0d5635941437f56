package dev.isoflop.api.v1alpha1.data;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
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
            "Where it is: scenes:solid or scenes:sketched for Scenes; else a path, file: or"
                + " http(s): URI, with brace ranges ({00000..00031}), globs (on file systems), or"
                + " several separated by commas; the file of images for IDX; the captions file for"
                + " COCO. See docs/data.md.")
        String uri,
    @Required
        @JsonPropertyDescription(
            "How it is stored: Scenes, WebDataset, IDX, COCO, MDS, Npy or Safetensors.")
        DataFormat format,
    @Size(max = 1024)
        @JsonPropertyDescription(
            "Captions of numbered classes: that of label 0, of label 1 and so on; required for IDX."
                + " Elsewhere a label n without a name is captioned \"class n\".")
        @Default("[]")
        List<@Size(max = 1024) String> classNames,
    @JsonPropertyDescription("What stored latents mean; absent if the set holds images.")
        @Nullable LatentsSpec latents,
    @JsonPropertyDescription("Which columns are read; absent for the usual names.")
        @Nullable ColumnsSpec columns) {

  public DatasetSpec {
    classNames = classNames == null ? List.of() : List.copyOf(classNames);
  }

  /** A set of images whose files hold all that is needed. */
  public DatasetSpec(String name, String uri, DataFormat format) {
    this(name, uri, format, List.of());
  }

  /** A set of images with named classes. */
  public DatasetSpec(String name, String uri, DataFormat format, List<String> classNames) {
    this(name, uri, format, classNames, null, null);
  }
}
