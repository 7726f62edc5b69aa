package io.vigia.core.expr;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.vigia.core.event.FieldType;
import io.vigia.core.event.StreamSchema;
import io.vigia.core.problem.ProblemCode;
import io.vigia.core.problem.Problems;
import io.vigia.core.problem.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles CEL expressions over the events of one stream, its features and the pipeline's lists.
 *
 * <p><b>Shape.</b> {@code event} has the stream's fields, every variable its own name, {@code
 * lists} the lists, {@code tables} the rows that belong to the event, {@code now} is the event's
 * time. An expression that hangs on something missing has no value: a condition is unknown, unless
 * {@code &&} or {@code ||} is decided by its other side.
 *
 * <p><b>Units and bounds.</b> At most {@value #LENGTH_MAX} characters, {@value #DEPTH_MAX} levels,
 * and {@value #ITERATIONS_MAX} turns of its comprehensions.
 *
 * <p><b>Errors.</b> Everything wrong with an expression becomes a {@link
 * io.vigia.core.problem.Problem} at its place.
 */
public final class ExpressionCompiler {
  private static final int LENGTH_MAX = 10_000;
  private static final int DEPTH_MAX = 64;
  private static final int NODES_MAX = 5_000;
  static final int ITERATIONS_MAX = 10_000;
  static final int PATTERN_MAX = 1_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(LENGTH_MAX)
          .maxParseRecursionDepth(DEPTH_MAX)
          .maxParseExpressionNodeCount(NODES_MAX)
          .comprehensionMaxIterations(ITERATIONS_MAX)
          .maxRegexProgramSize(PATTERN_MAX)
          .build();

  static final CelRuntime RUNTIME = DecimalFunctions.runtime(OPTIONS);

  private final @Nullable StreamSchema stream;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Map<String, ValueList> lists = new LinkedHashMap<>();
  private final Names names;
  private final Scope scope;
  private final CelCompiler conditions;
  private final CelCompiler values;

  /**
   * @param unreadable names that exist but cannot be read here, and why
   */
  public ExpressionCompiler(
      @Nullable StreamSchema stream,
      List<Variable> variables,
      List<ValueList> lists,
      Map<String, Unreadable> unreadable) {
    this.stream = stream;
    variables.forEach(variable -> this.variables.put(variable.name(), variable));
    lists.forEach(list -> this.lists.put(list.name(), list));
    this.names = new Names(stream, this.variables, this.lists, unreadable);
    this.scope = new Scope(stream, this.variables, this.lists);
    this.conditions = builder().setResultType(SimpleType.BOOL).build();
    this.values = builder().build();
  }

  private static final CelCompiler PARSER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .build();

  /** The names that an expression reads, known or not; none where it does not parse. */
  public static Set<String> namesIn(Text text) {
    Set<String> names = new LinkedHashSet<>();
    try {
      CelValidationResult parsed = PARSER.parse(Spelling.read(text.value()));
      if (!parsed.hasError()) {
        Operand.byId(parsed.getAst()).values().stream()
            .filter(part -> part.getKind() == CelExpr.ExprKind.Kind.IDENT)
            .forEach(part -> names.add(part.ident().name()));
      }
      return names;
    } catch (CelValidationException e) {
      throw new IllegalStateException("parsed expression '" + text + "': got " + e.getMessage(), e);
    }
  }

  private CelCompilerBuilder builder() {
    List<StructType> types = new ArrayList<>();
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addFunctionDeclarations(DecimalFunctions.declarations())
            .addFunctionDeclarations(Library.declarations())
            .addVar(Names.NOW, SimpleType.TIMESTAMP);
    if (stream != null) {
      Map<String, CelType> fields = new LinkedHashMap<>();
      for (int i = 0; i < stream.size(); i++) {
        fields.put(stream.field(i).name().value(), typeOf(stream.type(i)));
      }
      declare(builder, types, Names.EVENT, fields);
    }
    Map<String, CelType> listTypes = new LinkedHashMap<>();
    lists.forEach((name, list) -> listTypes.put(name, ListType.create(typeOf(list.of()))));
    declare(builder, types, Names.LISTS, listTypes);
    declare(builder, types, Names.TABLES, tableTypes(types));
    for (Variable variable : variables.values()) {
      if (variable.isOfTable()) {
        continue;
      }
      if (variable.hasParts()) {
        declare(builder, types, variable.name(), partTypes(types, variable.name(), variable));
      } else {
        builder.addVar(variable.name(), typeOf(variable.parts().get(0).type()));
      }
    }
    return builder.setTypeProvider(new Types(ImmutableList.copyOf(types)));
  }

  /** The tables that can be read, each a type of its columns. */
  private Map<String, CelType> tableTypes(List<StructType> types) {
    Map<String, Map<String, CelType>> columns = new LinkedHashMap<>();
    for (Variable variable : variables.values()) {
      if (variable.isOfTable()) {
        String table = Variable.tableIn(variable.name());
        Map<String, CelType> known = columns.computeIfAbsent(table, t -> new LinkedHashMap<>());
        if (!table.equals(variable.name())) {
          known.put(
              variable.name().substring(table.length() + 1),
              typeOf(variable.parts().get(0).type()));
        }
      }
    }
    Map<String, CelType> tables = new LinkedHashMap<>();
    columns.forEach(
        (table, fields) ->
            tables.put(table.substring(Names.TABLES.length() + 1), struct(types, table, fields)));
    return tables;
  }

  /** The types of a variable's parts; those of {@code first.city} lie in a type of their own. */
  private static Map<String, CelType> partTypes(
      List<StructType> types, String name, Variable variable) {
    Map<String, CelType> parts = new LinkedHashMap<>();
    Map<String, Map<String, CelType>> nested = new LinkedHashMap<>();
    for (Variable.Part part : variable.parts()) {
      int dot = part.name().indexOf('.');
      if (dot < 0) {
        parts.put(part.name(), typeOf(part.type()));
      } else {
        nested
            .computeIfAbsent(part.name().substring(0, dot), outer -> new LinkedHashMap<>())
            .put(part.name().substring(dot + 1), typeOf(part.type()));
      }
    }
    nested.forEach((outer, inner) -> parts.put(outer, struct(types, name + "." + outer, inner)));
    return parts;
  }

  /** Declares a name whose parts are selected. */
  private static void declare(
      CelCompilerBuilder builder,
      List<StructType> types,
      String name,
      Map<String, CelType> fields) {
    builder.addVar(name, struct(types, name, fields));
  }

  /** A type with a name that no expression can write. */
  private static CelType struct(List<StructType> types, String name, Map<String, CelType> fields) {
    ImmutableMap<String, CelType> known = ImmutableMap.copyOf(fields);
    String typeName = name + Names.TYPE_MARK;
    types.add(
        StructType.create(
            typeName, known.keySet(), field -> Optional.ofNullable(known.get(field))));
    return StructTypeReference.create(typeName);
  }

  private static CelType typeOf(FieldType type) {
    return switch (type) {
      case STRING -> SimpleType.STRING;
      case INT -> SimpleType.INT;
      case DOUBLE -> SimpleType.DOUBLE;
      case BOOL -> SimpleType.BOOL;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
      case DECIMAL -> DecimalFunctions.DECIMAL;
    };
  }

  private record Types(ImmutableList<StructType> structs) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return ImmutableList.copyOf(structs);
    }

    @Override
    public Optional<CelType> findType(String name) {
      return structs.stream()
          .filter(type -> type.name().equals(name))
          .map(CelType.class::cast)
          .findFirst();
    }
  }

  /** Compiles a condition; empty when problems were found. */
  public Optional<CompiledCondition> condition(Text text, Problems problems) {
    return check(text, conditions, CONDITION, problems)
        .map(checked -> new CompiledCondition(checked.expression, checked.reads));
  }

  /** Compiles an expression that gives one value; empty when problems were found. */
  public Optional<CompiledValue> value(Text text, Problems problems) {
    return check(text, values, SINGLE_VALUES, problems)
        .map(checked -> new CompiledValue(checked.expression, checked.reads));
  }

  private static final Set<CelType> CONDITION = Set.of(SimpleType.BOOL, SimpleType.DYN);

  private static final Set<CelType> SINGLE_VALUES =
      Set.of(
          SimpleType.STRING,
          SimpleType.INT,
          SimpleType.UINT,
          SimpleType.DOUBLE,
          SimpleType.BOOL,
          SimpleType.TIMESTAMP,
          SimpleType.DURATION,
          DecimalFunctions.DECIMAL);

  private record Checked(Expression expression, Set<String> reads) {}

  private Optional<Checked> check(
      Text text, CelCompiler compiler, Set<CelType> results, Problems problems) {
    ExpressionText source = new ExpressionText(text);
    if (source.isBlank()) {
      problems.add(
          ProblemCode.EXPR_SYNTAX,
          text.place(),
          "the expression is empty",
          compiler == conditions
              ? "write a condition such as 'event.amount > 100'"
              : "write what it shows, such as event.amount");
      return Optional.empty();
    }
    ExpressionProblems reporter = new ExpressionProblems(source, names, problems);
    try {
      CelValidationResult parsed = compiler.parse(Spelling.read(text.value()));
      if (parsed.hasError()) {
        reporter.addSyntax(parsed.getErrors());
        return Optional.empty();
      }
      CelValidationResult checked = compiler.check(parsed.getAst());
      if (checked.hasError()) {
        reporter.addChecking(checked.getErrors(), parsed.getAst());
        return Optional.empty();
      }
      int before = problems.errors();
      CelAbstractSyntaxTree ast = checked.getAst();
      ExpressionWalk walk =
          new ExpressionWalk(source, ast, names, RUNTIME, new LoopTurns(lists), problems);
      Set<String> reads = walk.walk();
      walk.checkResult(results);
      if (problems.errors() > before) {
        return Optional.empty();
      }
      reads.retainAll(variables.keySet());
      Evaluator interpreter = new Evaluator(RUNTIME.createProgram(ast), stream, variables, lists);
      return Optional.of(new Checked(new Expression(ast, scope, interpreter), reads));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException(
          "checked expression '" + text + "': got " + e.getMessage(), e);
    }
  }
}
