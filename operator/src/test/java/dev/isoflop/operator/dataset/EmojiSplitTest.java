package dev.isoflop.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EmojiSplitTest {
  @Test
  void equalPicturesInAnyStyleMakeOneFamilyThroughAnyChain() throws IOException {
    List<EmojiPicture> google =
        List.of(picture("d", 1), picture("c", 1), picture("b", 2), picture("z", 3));
    List<EmojiPicture> twitter =
        List.of(picture("d", 11), picture("c", 12), picture("b", 11), picture("z", 13));
    EmojiSplit split = new EmojiSplit(List.of(google, twitter));

    assertThat(List.of(split.family("b"), split.family("c"), split.family("d"))).containsOnly("b");
    assertThat(split.family("z")).isEqualTo("z");
    assertThat(split.family("not seen")).isEqualTo("not seen");
  }

  @Test
  void theSameColourInTwoStylesMeansNothing() throws IOException {
    EmojiSplit split = new EmojiSplit(List.of(List.of(picture("a", 1)), List.of(picture("b", 1))));

    assertThat(split.family("b")).isEqualTo("b");
  }

  @Test
  void aboutFifteenInAHundredAreHeldOutAndAlwaysTheSame() throws IOException {
    EmojiSplit split = new EmojiSplit(List.of());
    int held = 0;
    List<Integer> first = new ArrayList<>();
    SquarePixels pixels = SquarePixels.decode(FakePackages.png(1));
    for (int i = 0; i < 4000; i++) {
      EmojiLabel label = new EmojiLabel("emoji " + i + ": dark", "emoji " + i);
      if (split.isHeldOut(new EmojiPicture("1F600", label, pixels))) {
        held++;
        if (first.size() < 5) {
          first.add(i);
        }
      }
    }

    assertThat(held / 4000.0).isBetween(0.13, 0.17);
    assertThat(first).as("computed apart, in Python").containsExactly(RECORDED);
  }

  private static final Integer[] RECORDED = {5, 13, 18, 23, 29};

  private static EmojiPicture picture(String base, int color) throws IOException {
    return new EmojiPicture(
        "1F600", new EmojiLabel(base, base), SquarePixels.decode(FakePackages.png(color)));
  }
}
