package io.vigia.core.expr;

import io.vigia.core.event.Event;
import io.vigia.core.event.Lists;
import io.vigia.core.event.Row;
import io.vigia.core.event.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Many conditions over the rows of one stream, tested together.
 *
 * <p><b>Units and bounds.</b> What several conditions compute alike is computed once for a row.
 * From {@value #INDEX_MIN} conditions on they are indexed by their comparisons of a field or a
 * feature with a constant, so that a row costs what the conditions that can still be true cost, not
 * what all of them do.
 *
 * <p><b>Source.</b> That conditions are indexed and events are the queries is publish/subscribe
 * matching (Fabret et al., Filtering Algorithms and Implementation for Very Fast Publish/Subscribe
 * Systems, SIGMOD 2001).
 *
 * <p>Safe for any number of threads; compiled when first needed.
 */
public final class ConditionSet {
  static final int INDEX_MIN = 48;

  /** Longer methods are never compiled to machine code; a line is some twenty bytes. */
  private static final int METHOD_LINES = 240;

  private static final String PARAMETERS =
      "Slots event, Slots features, long now, Lists lists, long arrived, Verdicts verdicts";

  private final List<CompiledCondition> conditions;
  private volatile @Nullable Compiled compiled;

  public ConditionSet(List<CompiledCondition> conditions) {
    this.conditions = List.copyOf(conditions);
  }

  /**
   * @param methods how many methods the program has; with an index each is one condition
   * @param missing by condition: what its bits mean
   * @param left the conditions that the program has not
   */
  private record Compiled(
      @Nullable Program program,
      int methods,
      @Nullable ConditionIndex index,
      List<List<String>> missing,
      int[] left) {}

  /** Compiles now what would be compiled with the first row. */
  public void prepare() {
    compiled();
  }

  /** Tests all conditions. */
  public Verdicts test(Row row) {
    Compiled use = compiled();
    Verdicts verdicts = new Verdicts(conditions.size());
    Program program = use.program;
    if (program != null) {
      Event event = row.event();
      if (use.index == null) {
        for (int method = 0; method < use.methods; method++) {
          try {
            program.testAll(
                method,
                event.values(),
                row.features(),
                event.timeMs(),
                row.lists(),
                event.appendMs(),
                verdicts);
          } catch (RuntimeException e) {
            return oneByOne(row);
          }
        }
      } else {
        testCandidates(program, use.index, row, verdicts);
      }
    }
    for (int condition : use.left) {
      tell(condition, conditions.get(condition).test(row), verdicts);
    }
    return verdicts;
  }

  private void testCandidates(Program program, ConditionIndex index, Row row, Verdicts verdicts) {
    Event event = row.event();
    Slots values = event.values();
    Slots features = row.features();
    long now = event.timeMs();
    long arrived = event.appendMs();
    Lists lists = row.lists();
    long[] candidates = index.candidates(values, features);
    for (int word = 0; word < candidates.length; word++) {
      long rest = candidates[word];
      while (rest != 0) {
        int condition = (word << 6) + Long.numberOfTrailingZeros(rest);
        rest &= rest - 1;
        try {
          program.testAll(condition, values, features, now, lists, arrived, verdicts);
        } catch (RuntimeException e) {
          tell(condition, conditions.get(condition).test(row), verdicts);
        }
      }
    }
  }

  /** Something has no value: each condition is asked for itself what that means for it. */
  private Verdicts oneByOne(Row row) {
    Verdicts verdicts = new Verdicts(conditions.size());
    for (int i = 0; i < conditions.size(); i++) {
      tell(i, conditions.get(i).test(row), verdicts);
    }
    return verdicts;
  }

  private static void tell(int condition, Answer answer, Verdicts verdicts) {
    if (answer.isTrue()) {
      verdicts.setTrue(condition);
    } else if (answer.isUnknown()) {
      verdicts.setUnknown(condition, answer.because());
    }
  }

  /** What the unknown condition at {@code index} of the verdicts lacks. */
  public String because(Verdicts verdicts, int index) {
    String because = verdicts.because(index);
    return because != null
        ? because
        : Scope.told(compiled().missing.get(verdicts.unknown(index)), verdicts.missing(index));
  }

  private Compiled compiled() {
    Compiled use = compiled;
    if (use == null) {
      use = compile();
      compiled = use;
    }
    return use;
  }

  private Compiled compile() {
    boolean indexed = conditions.size() >= INDEX_MIN;
    SourceWriter out = new SourceWriter();
    List<Integer> left = new ArrayList<>();
    List<List<String>> missing = new ArrayList<>();
    List<String> methods = indexed ? each(out, missing, left) : together(out, missing, left);
    String source = String.join("", methods) + dispatch(methods.size());
    Optional<Program> program = ProgramLoader.load(source, out);
    if (program.isEmpty()) {
      left.clear();
      for (int i = 0; i < conditions.size(); i++) {
        left.add(i);
      }
    }
    int[] interpreted = left.stream().mapToInt(Integer::intValue).toArray();
    ConditionIndex index = indexed ? ConditionIndex.of(conditions, interpreted) : null;
    return new Compiled(program.orElse(null), methods.size(), index, missing, interpreted);
  }

  /** Methods of several conditions each, which share what they compute. */
  private List<String> together(SourceWriter out, List<List<String>> missing, List<Integer> left) {
    SharedParts shared = new SharedParts();
    conditions.forEach(condition -> shared.count(condition.expression().ast().getExpr()));
    List<String> methods = new ArrayList<>();
    int from = 0;
    while (from < conditions.size()) {
      Memory memory = new Memory(shared);
      out.takeMissing();
      StringBuilder body = new StringBuilder();
      long lines = 0;
      while (from < conditions.size() && lines < METHOD_LINES) {
        String condition = translated(from, out, memory, missing, left);
        body.append(condition);
        lines += condition.lines().count();
        from++;
      }
      methods.add(method(methods.size(), memory.declarations() + body));
    }
    return methods;
  }

  /** A method for each condition. */
  private List<String> each(SourceWriter out, List<List<String>> missing, List<Integer> left) {
    List<String> methods = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      methods.add(method(i, translated(i, out, Memory.NONE, missing, left)));
    }
    return methods;
  }

  private String translated(
      int condition,
      SourceWriter out,
      Memory memory,
      List<List<String>> missing,
      List<Integer> left) {
    Expression expression = conditions.get(condition).expression();
    String statements = "";
    try {
      statements =
          out.capture(
              () -> {
                Code code =
                    new Translator(expression.ast(), expression.scope(), out, memory).translate();
                out.line(
                    code.isSure()
                        ? "if (" + code.text() + ") { verdicts.setTrue(" + condition + "); }"
                        : "if (%s != 0L) { verdicts.setUnknown(%d, %s); } else if (%s) { verdicts.setTrue(%d); }"
                            .formatted(
                                code.bits(), condition, code.bits(), code.text(), condition));
              });
    } catch (NotCompiledException e) {
      left.add(condition);
    }
    missing.add(memory == Memory.NONE ? out.takeMissing() : out.missing());
    return statements;
  }

  /** Not private: a private method would name the class in its signature, and it has no name. */
  private static String method(int number, String body) {
    return "void test%d(%s) { int turns = 0;\n%s}\n".formatted(number, PARAMETERS, body);
  }

  /** A switch of switches, since a long one would not become machine code. */
  private static String dispatch(int methods) {
    StringBuilder source = new StringBuilder();
    String arguments = "(event, features, now, lists, arrived, verdicts); return;\n";
    String parameters = "(int method, " + PARAMETERS + ") {\n";
    int groups = (methods + 63) / 64;
    for (int group = 0; group < groups; group++) {
      source.append("void group").append(group).append(parameters);
      source.append("switch (method) {\n");
      for (int i = group * 64; i < Math.min(methods, group * 64 + 64); i++) {
        source.append("case ").append(i).append(": test").append(i).append(arguments);
      }
      source.append("default: return; } }\n");
    }
    source.append("void testAll").append(parameters).append("switch (method >> 6) {\n");
    for (int group = 0; group < groups; group++) {
      source.append("case ").append(group).append(": group").append(group);
      source.append("(method, event, features, now, lists, arrived, verdicts); return;\n");
    }
    return source.append("default: return; } }\n").toString();
  }
}
