package dev.isoflop.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class SquarePixelsTest {
  @Test
  void whatIsTransparentIsLaidOnWhite() throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00ff0000);
    image.setRGB(1, 0, 0xff0000ff);
    image.setRGB(0, 1, 0x800000ff);
    image.setRGB(1, 1, 0xff00ff00);

    assertThat(SquarePixels.decode(png(image)).rgb())
        .containsExactly(255, 255, 255, 0, 0, 255, 127, 127, 255, 0, 255, 0);
  }

  @Test
  void greyWithAlphaKeepsItsLevels() throws IOException {
    ColorSpace space = ColorSpace.getInstance(ColorSpace.CS_GRAY);
    ComponentColorModel model =
        new ComponentColorModel(space, true, false, Transparency.TRANSLUCENT, DataBuffer.TYPE_BYTE);
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 2, 2, 2, null);
    raster.setPixels(0, 0, 2, 2, new int[] {100, 255, 100, 0, 0, 51, 200, 255});
    BufferedImage image = new BufferedImage(model, raster, false, null);

    assertThat(SquarePixels.decode(png(image)).rgb())
        .containsExactly(100, 100, 100, 255, 255, 255, 204, 204, 204, 200, 200, 200);
  }

  @Test
  void scalingTakesMeansOfAreas() throws IOException {
    BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 9; i++) {
      image.setRGB(i % 3, i / 3, 0x010101 * (20 * i));
    }
    SquarePixels two = SquarePixels.decode(png(image)).scaledTo(2);

    // Each covers a pixel whole, two by half and one by a quarter: (a + b/2 + c/2 + d/4) / 2.25.
    assertThat(two.rgb()[0]).isEqualTo((byte) Math.round((0 + 10 + 30 + 20) / 2.25));
    assertThat(two.rgb()[9]).isEqualTo((byte) Math.round((160 + 70 + 50 + 20) / 2.25));
  }

  @Test
  void aPlainColourStaysThatColourAtAnySize() throws IOException {
    SquarePixels pixels = SquarePixels.decode(FakePackages.png(0xc8c8c8));
    for (int size = 8; size <= 64; size++) {
      byte[] expected = new byte[3 * size * size];
      Arrays.fill(expected, (byte) 0xc8);
      assertThat(pixels.scaledTo(size).rgb()).isEqualTo(expected);
    }
  }

  @Test
  void refusesWhatIsNoSquarePng() throws IOException {
    byte[] wide = png(new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB));

    assertThatThrownBy(() -> SquarePixels.decode(wide)).hasMessage("it is not a square PNG");
    assertThatThrownBy(() -> SquarePixels.decode(new byte[10])).isInstanceOf(IOException.class);
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "png", bytes)).isTrue();
    return bytes.toByteArray();
  }
}
