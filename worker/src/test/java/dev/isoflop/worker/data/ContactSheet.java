package dev.isoflop.worker.data;

import dev.isoflop.api.v1alpha1.data.AutoencoderSpec;
import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.worker.data.cache.DataEnvironment;
import dev.isoflop.worker.data.open.DataSources;
import dev.isoflop.worker.torch.TorchRuntime;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Puts the first examples of a set into one PNG, for a person to look at: FORMAT URI SIZE FILE. */
final class ContactSheet {
  private static final int CELL = 160;
  private static final int COLUMNS = 8;
  private static final int ROWS = 5;

  private ContactSheet() {}

  public static void main(String[] arguments) throws IOException, DataException {
    DatasetSpec spec = new DatasetSpec("sheet", arguments[1], DataFormat.valueOf(arguments[0]));
    DatasetSpec other = new DatasetSpec("other", "scenes:solid", DataFormat.Scenes);
    int size = Integer.parseInt(arguments[2]);
    Dataset dataset =
        DataSources.open(
                new DataSpec(
                    other,
                    List.of(spec),
                    size,
                    3,
                    new TextEncoderSpec(TextEncoderType.Hashed, 1, 1),
                    new AutoencoderSpec(AutoencoderType.None)),
                DataEnvironment.ofProcess(() -> TorchRuntime.start(1)))
            .evaluation()
            .get(0);
    ImageShape shape = dataset.imageShape();
    BufferedImage sheet =
        new BufferedImage(COLUMNS * (CELL + 8), ROWS * (CELL + 56), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.setColor(Color.BLACK);
    graphics.setFont(graphics.getFont().deriveFont(11f));
    try (ExampleStream stream = dataset.evaluation(COLUMNS * ROWS)) {
      for (int i = 0; i < COLUMNS * ROWS; i++) {
        Example example = stream.next().orElseThrow().decode();
        int x = i % COLUMNS * (CELL + 8) + 4;
        int y = i / COLUMNS * (CELL + 56);
        graphics.drawImage(image(example, shape), x, y, CELL, CELL, null);
        int line = 0;
        for (String text : wrapped(example.caption())) {
          graphics.drawString(text, x, y + CELL + 12 + 13 * line++);
        }
      }
    }
    ImageIO.write(sheet, "png", Path.of(arguments[3]).toFile());
  }

  private static BufferedImage image(Example example, ImageShape shape) {
    int size = shape.size();
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    float[] values = example.image();
    for (int at = 0; at < size * size; at++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        rgb = rgb << 8 | Math.round((values[channel * size * size + at] + 1f) * 127.5f);
      }
      image.setRGB(at % size, at / size, rgb);
    }
    return image;
  }

  private static List<String> wrapped(String caption) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : caption.split(" ", -1)) {
      if (line.length() + word.length() > 26) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString());
    return lines;
  }
}
