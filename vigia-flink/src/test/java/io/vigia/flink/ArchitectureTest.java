package io.vigia.flink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The job moves rows: no rule, request or table is its affair. */
@AnalyzeClasses(packages = "io.vigia.flink", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule libraries_areWithoutHttpAndJdbc =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "java.sql..", "javax.sql..", "org.postgresql..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule libraries_ofCoreAndWire_stayThere =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.cel..", "com.google..", "org.snakeyaml..", "de.siegmar..")
          .allowEmptyShould(true);
}
