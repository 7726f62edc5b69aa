package io.vigia.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The testkit is published: what it sees, its users get on their test class path. */
@AnalyzeClasses(packages = "io.vigia.testkit", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule libraries_areCoreWireAndJunit =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.junit.jupiter.api..",
              "io.vigia.core..",
              "io.vigia.wire..",
              "io.vigia.testkit..")
          .allowEmptyShould(true);
}
