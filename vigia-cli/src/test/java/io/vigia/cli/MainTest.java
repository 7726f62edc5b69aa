package io.vigia.cli;

import static io.vigia.cli.Call.vigia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vigia.cli.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
  private static final Terminal.Style COLOUR = new Terminal.Style(true, true, false, 100);

  @Test
  void run_noArguments_showsTheFirstSteps() {
    Call call = vigia().exits(0);
    for (String[] step : Welcome.FIRST_STEPS) {
      assertTrue(call.out().contains(step[0]), step[0]);
    }
    assertEquals(5, Welcome.FIRST_STEPS.length);
  }

  @Test
  void run_unknownCommand_tellsTheNearest() {
    Call call = vigia("bcktest").exits(1);
    assertEquals("vigia: unknown command 'bcktest'\n  did you mean 'backtest'?\n", call.err());
    assertEquals("", call.out());
  }

  @Test
  void run_unknownOption_tellsTheNearest() {
    assertEquals(
        "vigia: unknown option '--feature' of `vigia backtest`\n  did you mean '--features'?\n",
        vigia("backtest", "p.yaml", "--events", "s=x", "--feature").exits(1).err());
  }

  @Test
  void run_nearTheOptionOfTheScript_doesNotTellOfIt() {
    assertEquals(
        "vigia: unknown option '--check-onl' of `vigia demo`\n  `vigia demo --help` shows what there is\n",
        vigia("demo", "--check-onl").exits(1).err());
    assertFalse(vigia("completion", "bash").exits(0).out().contains("--check-only"));
  }

  @Test
  void run_checkOnly_startsAndWritesNothing(@TempDir Path folder) {
    Path file = folder.resolve("payments.ndjson");
    assertEquals("", vigia("demo", "--check-only", "--write", file.toString()).exits(0).out());
    assertFalse(Files.exists(file));
    Call run = vigia("run", "--check-only", "src/test/resources/command/warned.yaml").exits(0);
    assertEquals("", run.out() + run.err(), "the warnings come with the call that runs");
    assertTrue(vigia("run", "--check-only", "none.yaml").exits(1).err().contains("none.yaml"));
  }

  @Test
  void run_nothingNear_tellsWhereHelpIs() {
    assertEquals(
        "vigia: unknown command 'xyzzy'\n  `vigia --help` shows what there is\n",
        vigia("xyzzy").exits(1).err());
  }

  @Test
  void run_plainOutput_hasNoColour() {
    assertFalse((vigia("--help").out() + vigia("nope").err()).contains("\u001b"));
  }

  @Test
  void run_terminal_hasColour() {
    assertTrue(vigia(COLOUR, "nope").err().contains("\u001b["));
  }

  @Test
  void run_version_isTheSameByOptionAndCommand() {
    assertEquals(vigia("version").out(), vigia("--version").exits(0).out());
    assertTrue(vigia("version", "--json").exits(0).json().has("vigia"));
  }

  @Test
  void run_helpCommand_isTheSameAsTheOption() {
    assertEquals(vigia("send", "--help").out(), vigia("help", "send").exits(0).out());
  }

  @Test
  void help_everyExample_isUnderstood() {
    Terminal terminal =
        new Terminal(
            new java.io.ByteArrayOutputStream(),
            new java.io.ByteArrayOutputStream(),
            Terminal.Style.PLAIN);
    for (String name : CommandLines.names()) {
      List<String> examples = examples(vigia(name, "--help").exits(0).out());
      assertFalse(examples.isEmpty(), name);
      for (String example : examples) {
        String[] words = example.split(" +", -1);
        String[] args = Arrays.copyOfRange(words, 1, words.length);
        CommandLines.of(args, terminal).parseArgs(args);
      }
    }
  }

  /**
   * The lines below Examples that begin with the command, with those that go on behind a backslash.
   */
  static List<String> examples(String help) {
    List<String> examples = new ArrayList<>();
    String joined = help.substring(help.indexOf("Examples:")).replaceAll("\\\\\n +", "");
    for (String line : joined.lines().toList()) {
      String command = line.strip().replace("source <(", "").replaceAll("\\)$| > .*", "");
      if (command.startsWith("vigia ")) {
        examples.add(command.replace("'", "").replace("*", "x"));
      }
    }
    return examples;
  }

  @Test
  void help_everyOption_namesItsDefault() {
    for (String name : CommandLines.names()) {
      String help = vigia(name, "--help").exits(0).out();
      assertFalse(help.contains("${"), name);
      assertTrue(help.lines().allMatch(line -> line.length() <= 100), name);
    }
  }
}
