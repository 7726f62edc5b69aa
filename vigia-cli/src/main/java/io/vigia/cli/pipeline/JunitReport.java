package io.vigia.cli.pipeline;

import io.vigia.cli.WrongInputException;
import io.vigia.cli.pipeline.TestCommand.Run;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.core.replay.PipelineTest;
import io.vigia.core.replay.PipelineTest.Failure;
import io.vigia.core.replay.PipelineTest.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The results of tests as build servers read them: JUnit's XML.
 *
 * <p><b>Shape.</b> A {@code testsuite} for each pipeline file, a {@code testcase} for each test
 * with the file and line at which it stands, and in it one {@code failure} with all that was not
 * met.
 */
final class JunitReport {
  private final XMLStreamWriter xml;

  private JunitReport(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static void write(Path file, List<Run> runs) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new WrongInputException(
          "--junit: there is no folder '" + folder + "'", "create it, or choose another");
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      XMLStreamWriter xml =
          XMLOutputFactory.newInstance().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      new JunitReport(xml).write(runs);
      xml.close();
    } catch (IOException | XMLStreamException e) {
      throw new EnvironmentException(
          "--junit: '" + file + "' cannot be written: " + e.getMessage(),
          "check the folder and the free space",
          e);
    }
  }

  private void write(List<Run> runs) throws XMLStreamException {
    xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
    begin("testsuites");
    xml.writeAttribute("name", "vigia test");
    for (Run run : runs) {
      write(run);
    }
    xml.writeEndElement();
    xml.writeCharacters("\n");
    xml.writeEndDocument();
  }

  private void write(Run run) throws XMLStreamException {
    List<Report> reports = run.reports();
    begin("testsuite");
    xml.writeAttribute("name", run.pipeline().pipeline().name());
    xml.writeAttribute("file", text(run.pipeline().file().toString()));
    xml.writeAttribute("tests", Integer.toString(reports.size()));
    xml.writeAttribute(
        "failures", Long.toString(reports.stream().filter(report -> !report.passed()).count()));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", "0");
    xml.writeAttribute("time", seconds(run.times().stream().reduce(Duration.ZERO, Duration::plus)));
    for (int i = 0; i < reports.size(); i++) {
      write(run, reports.get(i), run.times().get(i));
    }
    xml.writeEndElement();
  }

  private void write(Run run, Report report, Duration time) throws XMLStreamException {
    begin("testcase");
    xml.writeAttribute("classname", run.pipeline().pipeline().name());
    xml.writeAttribute("name", text(report.name().value()));
    xml.writeAttribute("file", text(report.name().place().file()));
    xml.writeAttribute("line", Integer.toString(report.name().place().line()));
    xml.writeAttribute("time", seconds(time));
    if (!report.passed()) {
      Failure first = report.failures().get(0);
      begin("failure");
      xml.writeAttribute(
          "message",
          text(
              "event %s: expected %s %s, found %s"
                  .formatted(first.eventId(), first.what(), first.expected(), first.found())));
      xml.writeAttribute("type", "expectation");
      xml.writeCharacters(text(String.join("\n", PipelineTest.describe(report.failures())) + "\n"));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private void begin(String element) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement(element);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
  }

  /** XML has no place for most control characters, not even escaped. */
  private static String text(String text) {
    StringBuilder allowed = new StringBuilder(text.length());
    text.codePoints().map(c -> isAllowed(c) ? c : '\uFFFD').forEach(allowed::appendCodePoint);
    return allowed.toString();
  }

  private static boolean isAllowed(int c) {
    return c == '\n'
        || c == '\t'
        || (c >= ' ' && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
