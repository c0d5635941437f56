package dev.isoflop.worker.data.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class CocoReaderTest {
  private static final String WHOLE =
      """
      {"annotations": [{"image_id": 7, "caption": " b "}, {"image_id": 5, "caption": "a"},
                       {"caption": "c", "id": 3, "image_id": 7}],
       "info": {"deep": [[{}]]},
       "images": [{"id": 7, "file_name": "seven.jpg", "height": 3}, {"file_name": "f", "id": 5}]}
      """;

  @Test
  void readsSectionsInAnyOrder() throws IOException {
    assertThat(read(WHOLE))
        .containsExactly(
            new CocoImage("seven.jpg", List.of("b", "c")), new CocoImage("f", List.of("a")));
  }

  @Test
  void saysWhatIsWrong() {
    assertRefused(WHOLE.replace("\"id\": 5", "\"id\": 7"), "two images have the id 7");
    assertRefused(
        WHOLE.replace("\"image_id\": 5", "\"image_id\": 9").replace("\"id\": 5", "\"id\": 8"),
        "a caption is of an image with the id 9, and there is no such image");
    assertRefused(
        "{\"images\": [{\"id\": 7, \"file_name\": \"f\"}], \"annotations\": []}",
        "none of its images has a caption");
    assertRefused(
        WHOLE.replace(", {\"file_name\": \"f\", \"id\": 5}", ""),
        "a caption is of an image with the id 5, and there is no such image");
    assertRefused(WHOLE.replace("\"id\": 5", "\"id\": \"5\""), "no \"id\" that is a whole number");
    assertRefused(WHOLE.replace("\"a\"", "7"), "or no \"caption\" that is text (line 1");
    assertRefused(WHOLE.replace("[{}]", "[{]"), "(line 3, column 22)");
    assertRefused(WHOLE + "x", "Unrecognized token");
    assertRefused(WHOLE + "{}", "goes on after its end");
    assertRefused("[]", "not an object with \"images\"");
    assertRefused("{}", "it has no images");
    assertRefused("{\"images\": [1]}", "\"images\" holds something that is not an object");
  }

  /** It is for whoever decodes the image to refuse it: the others can be used. */
  @Test
  void anImageMayLackACaption() throws IOException {
    assertThat(read(WHOLE.replace("\"image_id\": 5", "\"image_id\": 7")))
        .containsExactly(
            new CocoImage("seven.jpg", List.of("b", "a", "c")), new CocoImage("f", List.of()));
  }

  @Test
  void captionsMayBeEmptyAndAreCut() throws IOException {
    for (String none : List.of("\" \"", "\"\"", "null")) {
      assertThat(read(WHOLE.replace("\"a\"", none))).contains(new CocoImage("f", List.of("")));
    }
    String most = "a".repeat(CocoReader.MAXIMUM_CAPTION);
    assertThat(read(WHOLE.replace("\"a\"", "\"" + most + "bc\"")))
        .contains(new CocoImage("f", List.of(most)));
  }

  @Test
  void isNotDrownedByDepthLengthOrNumber() {
    assertRefused("{\"info\": " + "[".repeat(100), "nesting depth");
    assertRefused(WHOLE.replace("\"a\"", "\"" + "x".repeat(3 << 20)), "String value length");
    assertThatThrownBy(() -> CocoReader.read(stream(WHOLE), 100))
        .hasMessage("its names and captions have more than 100 characters");
  }

  /** An endless list of captions ends in an error when the bound is reached. */
  @Test
  void endsWhereTheBoundIs() {
    InputStream endless =
        new InputStream() {
          private static final String START = "{\"annotations\": [";
          private static final String ENTRY = "{\"image_id\": 1, \"caption\": \"x\"},";
          private long at;

          @Override
          public int read() {
            long place = at++;
            return place < START.length()
                ? START.charAt((int) place)
                : ENTRY.charAt((int) ((place - START.length()) % ENTRY.length()));
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            for (int i = 0; i < length; i++) {
              bytes[offset + i] = (byte) read();
            }
            return length;
          }
        };

    assertThatThrownBy(() -> CocoReader.read(endless, 1 << 20))
        .hasMessage("its names and captions have more than 1048576 characters");
  }

  @Property(tries = 3000)
  void anyBytesAreReadOrRefused(@ForAll("damaged") byte[] content) {
    try {
      assertThat(CocoReader.read(new ByteArrayInputStream(content))).isNotEmpty();
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
    Arbitrary<byte[]> changed =
        Combinators.combine(
                Arbitraries.integers().between(0, whole.length - 1),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(3),
                Arbitraries.integers().between(whole.length / 2, whole.length))
            .as(
                (at, bytes, length) -> {
                  byte[] copy = Arrays.copyOf(whole, length);
                  for (int i = 0; i < bytes.length && at + i < length; i++) {
                    copy[at + i] = bytes[i];
                  }
                  return copy;
                });
    return Arbitraries.oneOf(changed, Arbitraries.bytes().array(byte[].class).ofMaxSize(64));
  }

  private static void assertRefused(String json, String problem) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(problem);
  }

  private static List<CocoImage> read(String json) throws IOException {
    return CocoReader.read(stream(json));
  }

  private static InputStream stream(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
