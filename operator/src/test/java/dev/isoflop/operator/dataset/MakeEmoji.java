package dev.isoflop.operator.dataset;

import java.nio.file.Path;
import java.util.List;

/** Makes the real data set with npm: OUTPUT CACHE [SIZE]. Needs the network, so it is no test. */
final class MakeEmoji {
  private MakeEmoji() {}

  public static void main(String[] arguments) throws DatasetException, InterruptedException {
    int size = arguments.length > 2 ? Integer.parseInt(arguments[2]) : EmojiOptions.DEFAULT_SIZE;
    EmojiOptions options =
        new EmojiOptions(Path.of(arguments[0]), Path.of(arguments[1]), List.of(), size);
    EmojiDataset dataset = EmojiShards.make(options, System.out::println);
    for (EmojiSet set : dataset.sets()) {
      System.out.printf(
          "%s: %d samples of %d base emoji, %s%n",
          set.name(), set.samples(), set.baseEmoji(), set.pattern());
    }
  }
}
