package dev.isoflop.worker.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.worker.data.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureGridTest {
  private static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static int rgb(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }

  @Test
  void setsColourPicturesInRowsWithWhiteBetween() throws IOException {
    ImageShape shape = new ImageShape(3, 8);
    float[] values = new float[5 * shape.length()];
    Arrays.fill(values, -1f);
    Arrays.fill(values, 0, 64, 1f); // the first is red
    values[4 * shape.length() + 2 * 64 + 9] = 1f; // a blue pixel at (1, 1) of the last

    BufferedImage grid = read(PictureGrid.png(values, shape, 5));

    assertThat(grid.getWidth()).isEqualTo(3 * 8 + 2 * PictureGrid.GAP);
    assertThat(grid.getHeight()).isEqualTo(2 * 8 + PictureGrid.GAP);
    assertThat(rgb(grid, 0, 0)).isEqualTo(0xff0000);
    assertThat(rgb(grid, 7, 7)).isEqualTo(0xff0000);
    assertThat(rgb(grid, 8, 0)).isEqualTo(0xffffff);
    assertThat(rgb(grid, 10, 0)).isEqualTo(0x000000);
    assertThat(rgb(grid, 11, 11)).isEqualTo(0x0000ff);
    assertThat(rgb(grid, 20, 10)).isEqualTo(0xffffff); // no sixth picture
  }

  @Test
  void showsGreyAndClampsWhatIsOutOfRange() throws IOException {
    ImageShape shape = new ImageShape(1, 8);
    float[] values = new float[shape.length()];
    values[1] = 3f;
    values[2] = -7f;
    values[3] = Float.NaN;

    BufferedImage grid = read(PictureGrid.png(values, shape, 1));

    assertThat(rgb(grid, 0, 0)).isEqualTo(0x808080);
    assertThat(rgb(grid, 1, 0)).isEqualTo(0xffffff);
    assertThat(rgb(grid, 2, 0)).isEqualTo(0x000000);
    assertThat(rgb(grid, 3, 0)).isEqualTo(0x000000);
  }

  @Test
  void momentsGrowByEqualFactorsAndComeBeforeTheEnd() {
    assertThat(PictureMoments.of(100_000, 4)).containsExactly(10L, 100L, 1000L, 10_000L);
    assertThat(PictureMoments.of(2, 4)).containsExactly(1L);
    assertThat(PictureMoments.of(1, 4)).isEmpty();
    assertThat(PictureMoments.of(1000, 0)).isEmpty();
  }
}
