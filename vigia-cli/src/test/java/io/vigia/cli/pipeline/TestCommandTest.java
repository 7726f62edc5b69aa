package io.vigia.cli.pipeline;

import static io.vigia.cli.Call.vigia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class TestCommandTest {
  private static final String FILES = "src/test/resources/command/";

  @TempDir Path folder;

  private static Document read(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  private static List<Element> all(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  @Test
  void junit_someFail_hasASuiteForEachFileAndACaseForEachTest() throws Exception {
    Path report = folder.resolve("vigia.xml");
    vigia("test", "--junit", report.toString(), FILES + "two.yaml", FILES + "wrong-test.yaml")
        .exits(1);
    Document document = read(report);
    List<Element> suites = all(document, "testsuite");
    assertEquals(
        List.of("two 1 0", "wrong-test 2 1"),
        suites.stream()
            .map(
                suite ->
                    suite.getAttribute("name")
                        + " "
                        + suite.getAttribute("tests")
                        + " "
                        + suite.getAttribute("failures"))
            .toList());
    Element failed = all(document, "testcase").get(1);
    assertEquals("two payments are too many", failed.getAttribute("name"));
    assertTrue(failed.getAttribute("time").matches("[0-9]+\\.[0-9]{3}"));
    Element failure = all(document, "failure").get(0);
    assertEquals("event p2: expected outcome review, found allow", failure.getAttribute("message"));
    assertTrue(failure.getTextContent().contains("    card_count_5m  2"), failure.getTextContent());
  }

  @Test
  void junit_namesWithAnyCharacter_areStillXml() throws Exception {
    Path file = folder.resolve("odd.yaml");
    Files.writeString(
        file,
        Files.readString(Path.of(FILES + "two.yaml"))
            .replace(
                "the third payment is reviewed", "\"<&> ]]> \\u0001 \\u00e9 \\U0001F600 \\\"\""));
    Path report = folder.resolve("odd.xml");
    vigia("test", "--junit", report.toString(), file.toString()).exits(0);
    assertEquals(
        "<&> ]]> \uFFFD é 😀 \"", all(read(report), "testcase").get(0).getAttribute("name"));
  }

  @Test
  void junit_folderThatIsNotThere_isSaid() {
    String error =
        vigia("test", "--junit", folder.resolve("no/x.xml").toString(), FILES + "two.yaml")
            .exits(1)
            .err();
    assertTrue(error.contains("--junit: there is no folder"), error);
  }
}
