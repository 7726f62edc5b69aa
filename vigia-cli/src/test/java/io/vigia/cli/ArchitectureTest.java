package io.vigia.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Commands that only read and ask start fast: they know nothing of the servers. */
@AnalyzeClasses(packages = "io.vigia.cli", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule lightCommands_knowNoServer =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.vigia.cli.backtest..",
              "io.vigia.cli.events..",
              "io.vigia.cli.gateway..",
              "io.vigia.cli.pipeline..",
              "io.vigia.cli.send..",
              "io.vigia.cli.tail..",
              "io.vigia.cli.template..",
              "io.vigia.cli.terminal..",
              "io.vigia.cli.verify..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vigia.server..",
              "io.vigia.flink..",
              "io.vigia.embedded..",
              "io.vertx..",
              "org.apache..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule terminal_knowsNoCommand =
      noClasses()
          .that()
          .resideInAPackage("io.vigia.cli.terminal..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vigia.cli", "io.vigia.cli.backtest..", "io.vigia.cli.send..", "io.vigia.core..");

  @ArchTest
  static final ArchRule expressionsAndFormats_stayInCoreAndWire =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.cel..", "com.google..", "org.snakeyaml..", "de.siegmar..");
}
