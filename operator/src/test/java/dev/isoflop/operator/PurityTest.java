package dev.isoflop.operator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * The packages that decide know nothing of what they decide about: no cluster, no file, no clock,
 * no chance. That is what lets the same decisions run anywhere, and lets them be tested at all.
 */
class PurityTest {
  private static final String[] PURE = {
    "dev.isoflop.operator.plan..", "dev.isoflop.operator.sweep.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.isoflop.operator");

  @Test
  void knowNoFrameworkClientOrSerializer() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.quarkus..",
                "io.smallrye..",
                "jakarta..",
                "io.fabric8.kubernetes.client..",
                "io.javaoperatorsdk..",
                "com.fasterxml.jackson..",
                "org.slf4j..",
                "java.util.logging..",
                "picocli.."));
  }

  @Test
  void touchNoFileNetworkOrProcess() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net..", "java.nio.channels..")
            .orShould()
            .dependOnClassesThat(
                DescribedPredicate.describe(
                    "belong to java.io but for exceptions and the markers that compilers add",
                    type ->
                        type.getPackageName().equals("java.io")
                            && !type.isAssignableTo(Exception.class)
                            && !type.getSimpleName().equals("Serializable")))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Runtime.class));
  }

  @Test
  void readNoClock() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callConstructor(Date.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class));
  }

  @Test
  void drawNoChanceAndReadNoEnvironment() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class)
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class));
  }

  @Test
  void dependOneWay() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.isoflop.operator.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.isoflop.operator.sweep.."));
    check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.isoflop.operator..")
                    .and(DescribedPredicate.not(resideInAnyPackage(PURE)))));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
