package dev.isoflop.operator.cli.points;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.isoflop.operator.local.store.LocalFaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A table in a file: CSV with any of the usual delimiters, or JSON. */
final class TableFile {
  private static final List<Character> DELIMITERS = List.of(',', '\t', ';', '|');

  /** {@code sep=;} */
  private static final Pattern SEPARATOR = Pattern.compile("sep=.\\R", Pattern.CASE_INSENSITIVE);

  /** {@code -}, as users write it. */
  private static final Path STANDARD_INPUT = Path.of("-");

  private TableFile() {}

  /**
   * Reads it.
   *
   * @param delimiter empty to take the one that the header has most of
   */
  static TableText read(Path file, Optional<Character> delimiter) throws InvalidTableException {
    String text = text(file);
    String source = name(file);
    if (delimiter.isEmpty() && JsonTable.looksLike(text)) {
      return JsonTable.parse(text, source);
    }
    return TableText.parse(text, delimiter.orElseGet(() -> delimiter(text)), source);
  }

  /** Name of a file in messages. */
  static String name(Path file) {
    return file.equals(STANDARD_INPUT) ? "standard input" : file.toString();
  }

  private static String standardInput() throws IOException {
    byte[] bytes = System.in.readAllBytes();
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static String text(Path file) throws InvalidTableException {
    try {
      String text = file.equals(STANDARD_INPUT) ? standardInput() : Files.readString(file, UTF_8);
      String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
      // what spreadsheets write above the header becomes a comment, so that lines keep their
      // numbers
      return SEPARATOR.matcher(plain).lookingAt() ? "#" + plain : plain;
    } catch (NoSuchFileException e) {
      String from = file.isAbsolute() ? "" : " from " + Path.of("").toAbsolutePath();
      throw invalid(file + ": not found" + from + "; check the path");
    } catch (MalformedInputException e) {
      throw invalid(name(file) + ": is not UTF-8 text; give a CSV or JSON file saved as UTF-8");
    } catch (IOException e) {
      throw invalid(
          file
              + ": cannot be read: "
              + LocalFaultException.problem(e)
              + "; give a readable CSV or JSON file");
    }
  }

  private static char delimiter(String text) {
    String header =
        text.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .findFirst()
            .orElse("");
    char best = DELIMITERS.get(0);
    for (char candidate : DELIMITERS) {
      if (count(header, candidate) > count(header, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(found -> found == wanted).count();
  }

  private static InvalidTableException invalid(String problem) {
    return new InvalidTableException(List.of(problem));
  }
}
