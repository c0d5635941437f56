package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

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
            "Where it is: scenes:solid or scenes:sketched for Scenes; a path or file: URI for"
                + " WebDataset, with brace ranges ({00000..00031}), globs, or several separated by"
                + " commas; the file of images for IDX; the folder of images for COCO.")
        String uri,
    @Required @JsonPropertyDescription("How it is stored: Scenes, WebDataset, IDX or COCO.")
        DataFormat format,
    @Size(max = 256)
        @JsonPropertyDescription(
            "Captions of an IDX set: that of label 0, of label 1 and so on; required for IDX"
                + " alone.")
        @Default("[]")
        List<String> classNames) {

  public DatasetSpec {
    classNames = classNames == null ? List.of() : List.copyOf(classNames);
  }

  /** A set whose files hold all that is needed. */
  public DatasetSpec(String name, String uri, DataFormat format) {
    this(name, uri, format, List.of());
  }
}
