package dev.isoflop.laws;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may use which. */
class PackagesTest {
  private static final String ROOT = "dev.isoflop.laws";

  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("stats", List.of()),
          Map.entry("options", List.of()),
          Map.entry("text", List.of("stats")),
          Map.entry("data", List.of("stats")),
          Map.entry("finding", List.of("stats", "text", "data")),
          Map.entry("surface", List.of("stats", "data", "finding", "options")),
          Map.entry("powerlaw", List.of("stats", "text", "data", "finding", "options", "surface")),
          Map.entry("isoflop", List.of("stats", "data", "finding", "options", "surface")),
          Map.entry(
              "fit",
              List.of("stats", "data", "finding", "options", "surface", "powerlaw", "isoflop")),
          Map.entry("compare", List.of("stats", "text", "data", "finding", "powerlaw", "fit")),
          Map.entry(
              "envelope",
              List.of("stats", "data", "finding", "options", "powerlaw", "fit", "compare")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @ParameterizedTest
  @MethodSource("packages")
  void usesWhatItsPackagePageAllows(String name) {
    String[] allowed =
        Stream.concat(
                Stream.concat(Stream.of(name), Objects.requireNonNull(MAY_USE.get(name)).stream())
                    .map(used -> ROOT + "." + used),
                Stream.of("java..", "org.jspecify..", "org.hipparchus.."))
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(CLASSES);
  }

  static Stream<String> packages() {
    return MAY_USE.keySet().stream().sorted();
  }

  @Test
  void everyClassIsInOneOfThem() {
    assertThat(
            CLASSES.stream()
                .map(type -> type.getPackageName())
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toSet()))
        .isEqualTo(MAY_USE.keySet());
  }

  @Test
  void formNoCycle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
