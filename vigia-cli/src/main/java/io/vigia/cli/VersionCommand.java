package io.vigia.cli;

import io.vigia.cli.terminal.HelpOption;
import io.vigia.cli.terminal.JsonOption;
import io.vigia.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vigia version}: says which version this is, and of what it is made. */
@Command(
    name = "version",
    header = "Print the version, and those of the parts inside.",
    description = {
      "Give this with every report of a fault: the version of Vigia, of the Kafka, Flink and"
          + " PostgreSQL that it carries, and of the Java that runs it."
    },
    customSynopsis = "vigia version [--json]",
    footerHeading = "%nExamples:%n",
    footer = {"  vigia version", "  vigia version --json"})
final class VersionCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin JsonOption json = new JsonOption();
  @Mixin HelpOption help = new HelpOption();

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Properties versions = versions();
    String java = System.getProperty("java.version") + ", " + System.getProperty("java.vendor");
    if (json.given()) {
      terminal.json(
          out -> {
            out.writeStartObject();
            for (String part : new String[] {"vigia", "kafka", "flink", "postgresql"}) {
              out.writeStringField(part, versions.getProperty(part));
            }
            out.writeStringField("java", java);
            out.writeEndObject();
          });
      return ExitCodes.DONE;
    }
    terminal
        .out()
        .printf(
            "vigia %s%nKafka %s, Flink %s, PostgreSQL %s, Java %s%n",
            versions.getProperty("vigia"),
            versions.getProperty("kafka"),
            versions.getProperty("flink"),
            versions.getProperty("postgresql"),
            java);
    return ExitCodes.DONE;
  }

  private static Properties versions() {
    Properties versions = new Properties();
    try (InputStream in = VersionCommand.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        versions.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions;
  }
}
