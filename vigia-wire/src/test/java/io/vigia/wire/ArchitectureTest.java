package io.vigia.wire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Wire knows formats, not how bytes travel. A new codec is added here, with its package. */
@AnalyzeClasses(packages = "io.vigia.wire", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule libraries_areCoreAndCodecs =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "io.vigia.core..",
              "io.vigia.wire..",
              "com.fasterxml.jackson..",
              "org.snakeyaml.engine..")
          .allowEmptyShould(true);
}
