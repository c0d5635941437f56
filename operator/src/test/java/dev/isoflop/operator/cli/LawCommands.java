package dev.isoflop.operator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isoflop.operator.cli.text.Ink;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * One run of the program as its user sees it.
 *
 * @param out what it printed as its result
 * @param err what it told beside that
 */
record LawCommands(int status, String out, String err) {

  /** Points drawn from known surfaces, which come with the program. */
  static final Path EXAMPLE = Path.of("../examples/points.csv");

  static final Path OTHER_EXAMPLE = Path.of("../examples/points-other.csv");

  static LawCommands run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            console(out),
            console(err),
            Clock.fixed(Instant.parse("2026-11-25T08:00:00Z"), ZoneOffset.UTC),
            new Release("0.1.0", "17"),
            1);
    int status = Commands.of(surroundings, Optional.empty(), new NoOperator()).execute(arguments);
    return new LawCommands(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  private static Console console(ByteArrayOutputStream bytes) {
    return new Console(new PrintStream(bytes, true, UTF_8), false, Ink.PLAIN);
  }

  /** The result as a JSON document. */
  JsonNode json() {
    try {
      return new ObjectMapper().readTree(out);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + out, e);
    }
  }
}
