package io.vigia.benchmarks.conformance;

import io.vertx.core.json.JsonObject;
import io.vigia.benchmarks.conformance.Conformance.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench conformance}: CEL's own tests against Vigia's expressions. */
@Command(
    name = "conformance",
    header = "Runs CEL's own conformance tests against Vigia's expressions.",
    description = {
      "Reads the *.textproto files of a folder, tests/simple/testdata of CEL's specification, and"
          + " counts the tests that pass, that fail, and that lie outside the profile of"
          + " docs/cel-profile.md. Exit code 1 when one inside the profile fails."
    })
public final class ConformanceCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      description = "The folder; else that of the property vigia.cel.spec.")
  String folder = System.getProperty("vigia.cel.spec", "");

  @Option(
      names = "--json",
      description =
          "Put the figures as one JSON object on the last line; text goes to standard error.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    PrintStream text = json ? System.err : System.out;
    List<ConformanceCase> cases = read(Path.of(folder));
    if (folder.isEmpty() || cases.isEmpty()) {
      text.println("no tests in '" + folder + "': name the folder of CEL's *.textproto files");
      return 1;
    }
    Map<String, Integer> outside = new TreeMap<>();
    int passed = 0;
    int failed = 0;
    for (ConformanceCase test : cases) {
      Outcome outcome = Conformance.run(test);
      if (outcome instanceof Outcome.Passed) {
        passed++;
      } else if (outcome instanceof Outcome.Outside other) {
        outside.merge(other.reason(), 1, Integer::sum);
      } else if (outcome instanceof Outcome.Failed failure) {
        failed++;
        text.printf(
            "FAILED %s%n  %s%n  expected %s%n  found %s%n",
            test.name(), test.expression(), failure.expected(), failure.found());
      }
    }
    int inside = passed + failed;
    text.printf(
        Locale.ROOT,
        "%,d tests: %,d inside the profile, of these %,d passed, %,d failed; %,d outside:%n",
        cases.size(),
        inside,
        passed,
        failed,
        cases.size() - inside);
    outside.forEach((reason, count) -> text.printf(Locale.ROOT, "%7d  %s%n", count, reason));
    if (json) {
      System.out.println(
          new JsonObject()
              .put("tests", cases.size())
              .put("passed", passed)
              .put("failed", failed)
              .put("outside", new JsonObject(new TreeMap<String, Object>(outside)))
              .encode());
    }
    return failed == 0 ? 0 : 1;
  }

  private static List<ConformanceCase> read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<ConformanceCase> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(each -> each.toString().endsWith(".textproto")).sorted().toList()) {
        try {
          cases.addAll(ConformanceCase.read(Files.readString(file)));
        } catch (IllegalArgumentException e) {
          throw new IOException(file + ": " + e.getMessage(), e);
        }
      }
    }
    return cases;
  }
}
