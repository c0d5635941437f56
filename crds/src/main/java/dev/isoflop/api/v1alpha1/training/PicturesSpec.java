package dev.isoflop.api.v1alpha1.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Pictures that a trial draws for people to look at. */
public record PicturesSpec(
    @Min(0)
        @Max(256)
        @Default("16")
        @JsonPropertyDescription(
            "Pictures of each drawing, for the first captions of the first evaluation set; 0 for"
                + " none. Latents cannot be shown and are left out.")
        Integer count,
    @Min(0)
        @Max(32)
        @Default("4")
        @JsonPropertyDescription(
            "Drawings of the same captions during training, at steps that grow by equal factors,"
                + " beside that at its end.")
        Integer duringTraining) {

  public PicturesSpec {
    count = count == null ? 16 : count;
    duringTraining = duringTraining == null ? 4 : duringTraining;
  }

  /** The defaults. */
  static PicturesSpec standard() {
    return new PicturesSpec(16, 4);
  }
}
