package dev.isoflop.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Places where sweeps run observe and act; they fit nothing, and know nothing of each other. */
class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.isoflop.operator");

  @Test
  void theClusterObservesAndActs() {
    noClasses()
        .that()
        .resideInAPackage("dev.isoflop.operator.kubernetes..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.isoflop.laws.fit..",
            "dev.isoflop.laws.isoflop..",
            "dev.isoflop.laws.powerlaw..",
            "dev.isoflop.laws.surface..",
            "dev.isoflop.laws.compare..",
            "dev.isoflop.laws.envelope..",
            "dev.isoflop.operator.local..",
            "dev.isoflop.operator.report..",
            "dev.isoflop.operator.cli..",
            "io.quarkus..",
            "jakarta..")
        .check(CLASSES);
  }

  @Test
  void nothingButTheProgramKnowsTheCluster() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.isoflop.operator.local..",
            "dev.isoflop.operator.report..",
            "dev.isoflop.operator.collect..",
            "dev.isoflop.operator.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.isoflop.operator.kubernetes..",
            "io.javaoperatorsdk..",
            "io.fabric8.kubernetes.client.dsl..")
        .check(CLASSES);
  }
}
