package dev.isoflop.worker.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.data.AutoencoderSpec;
import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.ColumnsSpec;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.LatentKind;
import dev.isoflop.api.v1alpha1.data.LatentType;
import dev.isoflop.api.v1alpha1.data.LatentsSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.worker.data.open.DatasetOpener;
import dev.isoflop.worker.data.remote.Caches;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens data sets of latents as a manifest would, in the fixtures' shape of 4 x 4 x 4. */
public final class Latents {
  public static final TextEncoderSpec HASHED = new TextEncoderSpec(TextEncoderType.Hashed, 4, 8);
  public static final TextEncoderSpec STORED =
      new TextEncoderSpec(TextEncoderType.Precomputed, 4, 8);

  /** No autoencoder. */
  public static final AutoencoderSpec PIXELS_OR_STORED = new AutoencoderSpec(AutoencoderType.None);

  private Latents() {}

  /** Scaled already, so that examples hold the stored numbers. */
  public static LatentsSpec spec(LatentKind kind, LatentType type) {
    return new LatentsSpec(kind, true, 0.18215, 0.0, type, "vae");
  }

  public static DatasetSpec set(
      String uri, DataFormat format, LatentsSpec latents, @Nullable ColumnsSpec columns) {
    return new DatasetSpec("latents", uri, format, List.of(), latents, columns);
  }

  public static Dataset open(DatasetSpec set, TextEncoderSpec text) throws DataException {
    DataSpec data = new DataSpec(set, List.of(set), 4, 4, text, PIXELS_OR_STORED);
    return new DatasetOpener(data, Caches.none(), System.err::println).open(set, "data.train");
  }

  /** Fails unless an example is the fixtures' sample of a number. */
  public static void assertIs(Example example, int sample) {
    assertThat(example.image()).hasSize(64);
    for (int i = 0; i < 64; i++) {
      assertThat(example.image()[i]).isEqualTo(Fixtures.latent(sample, i));
    }
  }

  /** Fails unless an example brings the first tokens of a sample's text features. */
  public static void assertText(Example example, int sample, int tokens) {
    float[] features = example.textFeatures().orElseThrow();
    assertThat(features).hasSize(4 * 8);
    for (int i = 0; i < features.length; i++) {
      assertThat(features[i]).isEqualTo(i < tokens * 8 ? Fixtures.text(sample, i) : 0f);
    }
  }

  /** Fails unless streams opened at every place of two epochs go on as one read from the start. */
  public static void assertResumes(Dataset data) throws DataException {
    int epoch = (int) data.size().orElseThrow();
    List<Example> all = Examples.take(data.train(7, 0), 2 * epoch + 2);
    for (int first = 0; first <= 2 * epoch; first++) {
      for (Example resumed : Examples.take(data.train(7, first), 2)) {
        Example expected = all.get(first++);
        assertThat(resumed.image()).isEqualTo(expected.image());
        assertThat(resumed.caption()).isEqualTo(expected.caption());
      }
      first -= 2;
    }
    List<String> second = Examples.captions(all.subList(epoch, 2 * epoch));
    assertThat(second)
        .containsExactlyInAnyOrderElementsOf(Examples.captions(all.subList(0, epoch)));
  }
}
