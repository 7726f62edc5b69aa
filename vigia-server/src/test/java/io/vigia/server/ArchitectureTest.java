package io.vigia.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The server knows topics, no engine, and starts no other server. */
@AnalyzeClasses(packages = "io.vigia.server", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule libraries_areWithoutEngineAndBroker =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vigia.flink..",
              "io.vigia.embedded..",
              "org.apache.flink..",
              "kafka..",
              "org.apache.kafka.server..",
              "io.zonky..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule rooms_areFreeOfCycles =
      slices().matching("io.vigia.server.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule libraries_ofCoreAndWire_stayThere =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.cel..", "com.google..", "org.snakeyaml..", "de.siegmar..")
          .allowEmptyShould(true);
}
