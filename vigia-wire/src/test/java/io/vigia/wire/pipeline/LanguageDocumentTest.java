package io.vigia.wire.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The language's reference executes, and knows every word. The YAML in it is run by {@link
 * DocumentsTest}, its expressions by {@link DocumentedExpressionsTest}.
 */
final class LanguageDocumentTest {
  static final MarkdownDocument DOCUMENT =
      MarkdownDocument.read(Path.of("..", "docs", "language.md"));

  /** Beginnings of tables that a comment must say how to execute. */
  private static final Set<String> EXECUTED = Set.of("at", "arrives at", "steps", "heartbeats at");

  private final SchemaWords words = SchemaWords.read(Path.of("..", "vigia.schema.json"));

  @Test
  void blocks_all_areExecuted() {
    for (MarkdownDocument.Block block : DOCUMENT.blocks()) {
      assertEquals("yaml", block.language(), "line " + block.line() + ": nothing executes this");
    }
  }

  @Test
  void tables_ofEvents_giveTheirValues() {
    assertTrue(executedTables().size() >= 12, "executed: " + executedTables().size());
  }

  /** Executes each table that a comment names so; the files that they stand for. */
  private static List<String> executedTables() {
    List<String> files = new ArrayList<>();
    for (MarkdownDocument.Table table : DOCUMENT.tables()) {
      String comment = table.comment();
      assertTrue(
          comment != null || !EXECUTED.contains(table.header().get(0)),
          "line " + table.line() + ": a comment says how to execute this table");
      if (comment != null && !comment.startsWith("words: ")) {
        files.add(execute(table, comment));
      }
    }
    return files;
  }

  private static String execute(MarkdownDocument.Table table, String comment) {
    int colon = comment.indexOf(": ");
    String kind = colon < 0 ? comment : comment.substring(0, colon);
    String rest = comment.substring(colon < 0 ? comment.length() : colon + 2);
    return switch (kind) {
      case "the example above" -> DocumentedTable.checkNamed(table, exampleBefore(table));
      case "features" -> DocumentedTable.checkWords(table, rest);
      case "patterns" -> DocumentedPatterns.check(table, rest);
      case "silences" -> DocumentedCases.checkSilences(table, rest);
      case "lists" -> DocumentedCases.checkList(table, rest);
      case "ages" -> DocumentedCases.checkAges(table, rest);
      case "fields" -> DocumentedCases.checkFields(table);
      default ->
          throw new AssertionError("line " + table.line() + ": nothing executes '" + kind + "'");
    };
  }

  private static String exampleBefore(MarkdownDocument.Table table) {
    String block = DOCUMENT.blockBefore(table, "yaml").text();
    return DocumentsTest.completed(block, DOCUMENT.blocks().get(0).text());
  }

  /** Every word of the schema stands in a table of words with all that is to be said of it. */
  @Test
  void words_ofTheSchema_haveMeaningBoundsAndCost() {
    Set<String> missing = new TreeSet<>(words.all());
    Set<String> unknown = new TreeSet<>();
    for (MarkdownDocument.Table table : DOCUMENT.tables()) {
      String comment = table.comment();
      if (comment != null && comment.startsWith("words: ")) {
        List<String> places = List.of(comment.substring("words: ".length()).split(", ", -1));
        assertTrue(table.header().containsAll(List.of("bounds", "cost")), "line " + table.line());
        for (List<String> row : table.rows()) {
          assertTrue(!row.get(1).isEmpty(), "line " + table.line() + ": " + row);
          for (String word : SchemaWords.named(row.get(0))) {
            boolean known = false;
            for (String place : places) {
              known |= words.all().contains(place + " " + word);
              missing.remove(place + " " + word);
            }
            if (!known) {
              unknown.add(comment + ": " + word);
            }
          }
        }
      }
    }
    assertEquals(Set.of(), missing, "words without a row");
    assertEquals(Set.of(), unknown, "rows without a word");
    assertTrue(words.all().size() > 110, "words: found " + words.all().size());
  }

  /** What a word does is shown by something that is executed. */
  @Test
  void words_ofTheSchema_standInExamples() {
    Set<String> missing = new TreeSet<>(words.all());
    for (MarkdownDocument.Block block : DOCUMENT.blocks()) {
      missing.removeAll(words.usedIn(block.text()));
    }
    for (String file : executedTables()) {
      missing.removeAll(words.usedIn(file));
    }
    assertEquals(Set.of(), missing, "words in no example");
  }

  /** A word that may be left out says what holds then, as the grammar has it. */
  @Test
  void words_thatMayBeLeftOut_sayWhatHoldsThen() {
    Map<String, String> usual = words.usual();
    List<String> others = new ArrayList<>();
    for (MarkdownDocument.Table table : DOCUMENT.tables()) {
      int column = table.header().indexOf("without it");
      String comment = table.comment();
      if (column >= 0 && comment != null) {
        String place = comment.substring("words: ".length());
        for (List<String> row : table.rows()) {
          for (String word : SchemaWords.named(row.get(0))) {
            String holds = usual.getOrDefault(place + " " + word, "");
            if (!row.get(column).replace("`", "").contains(holds)) {
              others.add(place + " " + word + ": " + holds);
            }
          }
        }
      }
    }
    assertTrue(usual.size() > 20, "found " + usual.size());
    assertEquals(List.of(), others);
  }
}
