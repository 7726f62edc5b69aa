package io.vigia.core.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/problems.md} lists every code, each with what it needs to be of use. */
final class ProblemsDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/problems.md");
  private static final Pattern SECTION =
      Pattern.compile("(?m)^### (VG-[A-Z]+-[0-9]{3}) [^\\n]+\\n(.*?)(?=^##|\\z)", Pattern.DOTALL);

  private static Map<String, String> sections() throws IOException {
    Map<String, String> sections = new TreeMap<>();
    for (MatchResult found : SECTION.matcher(Files.readString(DOCUMENT)).results().toList()) {
      assertEquals(null, sections.put(found.group(1), found.group(2)), found.group(1));
    }
    return sections;
  }

  @Test
  void document_codes_areThoseOfTheEnumInItsOrder() throws IOException {
    List<String> documented = new ArrayList<>();
    SECTION.matcher(Files.readString(DOCUMENT)).results().forEach(m -> documented.add(m.group(1)));
    assertEquals(Arrays.stream(ProblemCode.values()).map(ProblemCode::text).toList(), documented);
  }

  @Test
  void document_eachCode_hasAnExampleWithItsCode() throws IOException {
    sections()
        .forEach(
            (code, section) ->
                assertTrue(section.contains("```text\n" + code + " "), code + ": no example"));
  }

  @Test
  void document_eachCode_tellsHowToMendIt() throws IOException {
    sections()
        .forEach(
            (code, section) ->
                assertTrue(section.contains("**Mend it:** "), code + ": no way out"));
  }
}
