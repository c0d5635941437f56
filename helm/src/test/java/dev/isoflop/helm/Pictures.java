package dev.isoflop.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Small grey pictures of noise, dark and light by turns, as an IDX data set. */
final class Pictures {
  private static final int SIZE = 8;
  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;

  private Pictures() {}

  /** Writes files of images and labels whose names begin so. */
  static void write(Path folder, String name, int count, Random random) throws IOException {
    Files.createDirectories(folder);
    try (DataOutputStream images = file(folder, name + "-images-idx3-ubyte");
        DataOutputStream labels = file(folder, name + "-labels-idx1-ubyte")) {
      images.writeInt(IMAGES_MAGIC);
      images.writeInt(count);
      images.writeInt(SIZE);
      images.writeInt(SIZE);
      labels.writeInt(LABELS_MAGIC);
      labels.writeInt(count);
      for (int i = 0; i < count; i++) {
        int label = i % 2;
        labels.writeByte(label);
        for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
          images.writeByte(128 * label + random.nextInt(128));
        }
      }
    }
  }

  private static DataOutputStream file(Path folder, String name) throws IOException {
    return new DataOutputStream(Files.newOutputStream(folder.resolve(name)));
  }

  /** What a manifest says of them, where a worker sees the folder. */
  static ObjectNode dataset(String folder, String name) {
    ObjectNode set =
        Chart.YAML
            .createObjectNode()
            .put("name", name)
            .put("uri", folder + "/" + name + "-images-idx3-ubyte")
            .put("format", "IDX");
    set.putArray("classNames").add("dark").add("light");
    return set;
  }
}
