package dev.isoflop.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class ShownStreamTest {
  private static final String HOSTILE = "\u001b[2J https://me:SECRET@h/a?sig=SECRET ";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ShownStream log = new ShownStream(bytes);

  private String written() {
    log.flush();
    return bytes.toString(UTF_8);
  }

  @Test
  void everyWayToPrintTextNeutralisesIt() {
    Object object =
        new Object() {
          @Override
          public String toString() {
            return HOSTILE;
          }
        };
    log.print(HOSTILE);
    log.println(HOSTILE);
    log.print(object);
    log.println(object);
    log.printf("%s of %s%n", HOSTILE, HOSTILE);
    log.append(HOSTILE);

    assertThat(written())
        .doesNotContain("\u001b", "SECRET")
        .containsPattern("(?s)(https://h/a\\?….*){7}");
  }

  @Test
  void stackTracesTellNoMoreThanMessages() {
    new IllegalStateException(HOSTILE, new IllegalStateException(HOSTILE)).printStackTrace(log);

    assertThat(written())
        .doesNotContain("\u001b", "SECRET")
        .contains("IllegalStateException: \\u001b[2J https://h/a?…", "\n\tat ");
  }
}
