package dev.isoflop.operator.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents lead to each other, and nowhere else by mistake. */
class LinksTest {
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|<img[^>]* src=\"([^\"]+)\"");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
  private static final Path INDEX = Path.of("docs/README.md");

  private static Map<Path, String> documents() throws IOException {
    return RepositoryFiles.matching("(?!.*src/test/).*\\.md");
  }

  @Test
  void everyLinkLeadsToAFileAndToAHeadingInIt() throws IOException {
    List<String> broken = new ArrayList<>();
    int followed = 0;
    for (Map.Entry<Path, String> document : documents().entrySet()) {
      for (String link : links(document.getValue())) {
        if (!link.matches("[a-z]+:.*")) {
          followed++;
          if (!leadsSomewhere(document.getKey(), link)) {
            broken.add(document.getKey() + ": " + link);
          }
        }
      }
    }

    assertThat(broken).isEmpty();
    assertThat(followed).isGreaterThan(60);
  }

  @Test
  void theIndexNamesEveryPage() throws IOException {
    List<Path> pages =
        documents().keySet().stream()
            .filter(page -> page.startsWith("docs") && !page.equals(INDEX))
            .toList();
    List<Path> named =
        links(Files.readString(RepositoryFiles.ROOT.resolve(INDEX))).stream()
            .map(link -> Path.of("docs").resolve(link.replaceFirst("#.*", "")).normalize())
            .toList();

    assertThat(pages).hasSizeGreaterThan(15);
    assertThat(named).containsAll(pages);
  }

  private static List<String> links(String text) {
    List<String> links = new ArrayList<>();
    Matcher link = LINK.matcher(text.replaceAll("(?ms)^```.*?^```", ""));
    while (link.find()) {
      links.add(link.group(1) == null ? link.group(2) : link.group(1));
    }
    return links;
  }

  private static boolean leadsSomewhere(Path from, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]);
    Path file = RepositoryFiles.ROOT.resolve(target).normalize();
    return Files.exists(file)
        && (parts.length == 1 || anchors(Files.readString(file)).contains(parts[1]));
  }

  /** The names that a forge gives to headings. */
  private static List<String> anchors(String text) {
    List<String> anchors = new ArrayList<>();
    Matcher heading = HEADING.matcher(text);
    while (heading.find()) {
      anchors.add(
          heading
              .group(1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .strip()
              .replace(' ', '-'));
    }
    return anchors;
  }
}
