package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.pipeline.CompiledPipeline;
import io.vigia.core.pipeline.PipelineCompiler;
import io.vigia.core.pipeline.TestDefinition;
import io.vigia.core.replay.PipelineTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents show is what Vigia takes and prints. */
final class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Pattern SECTION =
      Pattern.compile("(?m)^([a-z]+):[^\\n]*\\n(?:[ #][^\\n]*\\n|\\n)*");

  private static List<String> blocks(String document, String language) {
    Matcher found =
        Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
            .matcher(read(ROOT.resolve(document)));
    return found.results().map(result -> result.group(1)).toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sections of a pipeline file by their word. */
  private static Map<String, String> sections(String yaml) {
    Map<String, String> sections = new LinkedHashMap<>();
    for (MatchResult section : SECTION.matcher(yaml).results().toList()) {
      sections.put(section.group(1), section.group());
    }
    return sections;
  }

  /**
   * A file as it is, or a part of one completed by what it needs of the document's first example. A
   * part with streams of its own stands alone.
   */
  static String completed(String part, String whole) {
    Map<String, String> sections = sections(part);
    if (sections.containsKey("pipeline")) {
      return part;
    }
    Map<String, String> completed = new LinkedHashMap<>(sections(whole));
    completed.remove("tests");
    if (sections.containsKey("streams")) {
      completed.keySet().retainAll(List.of("vigia", "pipeline"));
    }
    completed.putAll(sections);
    return String.join("", completed.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/language.md", "README.md", "README.es.md"})
  void yaml_everyExample_compilesAndPassesItsTests(String document) {
    List<String> examples = blocks(document, "yaml");
    assertTrue(!examples.isEmpty(), document);
    for (String example : examples) {
      String yaml = completed(example, examples.get(0));
      Reading reading = Reading.of(yaml);
      Optional<CompiledPipeline> pipeline =
          reading.definition().flatMap(d -> PipelineCompiler.compile(d, reading.problems()));
      CompiledPipeline compiled =
          pipeline.orElseThrow(() -> new AssertionError(document + "\n" + reading.printed()));
      for (TestDefinition test : compiled.definition().tests()) {
        assertEquals(
            List.of(), new PipelineTest(compiled).run(test).failures(), test.name().value());
      }
    }
  }

  /** Each example of a problem is printed so by some golden file. */
  @Test
  void problems_examples_areAsPrinted() throws IOException {
    StringBuilder golden = new StringBuilder();
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      files.filter(Files::isRegularFile).sorted().forEach(file -> golden.append(read(file)));
    }
    List<String> others = new ArrayList<>();
    for (String example : blocks("docs/problems.md", "text")) {
      if (golden.indexOf(example) < 0) {
        others.add(example);
      }
    }
    assertEquals(List.of(), others);
  }

  /** What the grammar keeps for later is what the language page calls not built yet, no more. */
  @Test
  void language_wordsOfLater_areListed() {
    String document = read(ROOT.resolve("docs/language.md"));
    String later = document.substring(document.indexOf("## Not built yet"));
    Set<String> listed = found("`([a-z_]+)`", later);
    Set<String> refused =
        found(
            "'([a-z_]+)' (?:of .* )?is not built yet",
            read(GOLDEN.resolve("pipeline/not-built.txt")));
    assertEquals(refused, listed);
  }

  private static Set<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
