package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.core.problem.Problems;
import io.vigia.wire.pipeline.Shape.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class PipelineGrammarTest {
  @Test
  void file_sections_areThoseOfTheDesign() {
    assertEquals(
        List.of(
            "vigia",
            "pipeline",
            "streams",
            "features",
            "patterns",
            "lists",
            "tables",
            "rules",
            "match",
            "outcomes",
            "alerts",
            "actions",
            "views",
            "sources",
            "tests"),
        PipelineGrammar.FILE.words().stream().map(Word::name).toList());
  }

  @Test
  void words_ofProse_areKnown() {
    assertEquals(
        Set.of("ratio", "when", "where", "resolve_when", "delete_when"),
        PipelineGrammar.CONDITION_WORDS);
    assertEquals(Set.of("reason", "name"), PipelineGrammar.TEXT_WORDS);
  }

  @Test
  void word_eachOne_saysWhatItMeans() {
    for (Word word : words()) {
      if (word.isLater()) {
        assertTrue(word.later().startsWith("remove it; "), word.name());
      } else {
        assertTrue(word.doc().matches("[A-Z].*\\."), word.name() + ": " + word.doc());
        assertFalse(word.example().isEmpty(), word.name());
      }
    }
  }

  @Test
  void word_eachExample_isRight() {
    for (Word word : words()) {
      if (!word.isLater()) {
        Words only = Words.of("file").with(word);
        SourceText source = SourceText.of("example", word.sample() + "\n");
        Problems problems = new Problems();
        FormReport report = new FormReport(source, problems);
        YamlReader.read(report).ifPresent(tree -> new FormChecker(report).check(tree, only));
        assertEquals(List.of(), problems.sorted(), word.sample());
      }
    }
  }

  private static List<Word> words() {
    List<Word> words = new ArrayList<>();
    PipelineGrammar.FILE.accept(new Collector(words));
    Set<String> names = new TreeSet<>();
    words.forEach(word -> names.add(word.name()));
    assertTrue(names.containsAll(Set.of("zone", "fallback", "delay", "cooldown", "every")));
    return words;
  }

  private record Collector(List<Word> words) implements Shape.Visitor<Boolean> {
    @Override
    public Boolean scalar(Shape.Scalar shape) {
      return true;
    }

    @Override
    public Boolean list(Shape.ListOf shape) {
      return shape.item().accept(this);
    }

    @Override
    public Boolean words(Words shape) {
      words.addAll(shape.words());
      shape.words().forEach(word -> word.shape().accept(this));
      Shape.FreeWords free = shape.free();
      return free == null || free.value().accept(this);
    }

    @Override
    public Boolean either(Shape.Either shape) {
      return shape.full().accept(this);
    }
  }
}
