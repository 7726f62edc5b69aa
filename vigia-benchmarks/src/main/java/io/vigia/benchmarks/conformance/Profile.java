package io.vigia.benchmarks.conformance;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import io.vigia.benchmarks.conformance.TextProto.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which part of CEL Vigia's expressions are: says why a test lies outside of it.
 *
 * <p>The reasons are those of docs/cel-profile.md, word for word.
 */
final class Profile {
  private static final String MESSAGES = "protocol-buffer messages and enums";
  private static final String MAPS = "maps";
  private static final String NULL = "null";
  private static final String UINT = "unsigned ints";
  private static final String BYTES = "bytes";
  private static final String TYPES = "types as values, dyn";
  private static final String LISTS = "lists of several types, of lists, or of nothing";
  private static final String VARIABLES =
      "variables other than string, int, double, bool and timestamp";
  private static final String NAMES = "qualified names and containers";
  private static final String UNCHECKED =
      "expressions that are not checked first, or without macros";
  private static final String DIVISION =
      "divisions by a written 0, which are refused when they are read";
  private static final String FUNCTIONS = "functions of extensions that are not here";
  private static final String EXTREMES =
      "math.least and math.greatest of lists, of several types, or of more than three";
  private static final String DEDUCTION = "deduced types, nothing evaluated";

  private static final Map<String, String> FILES =
      Map.of(
          "optionals", "optional values",
          "macros2", "comprehensions of two variables",
          "proto2", MESSAGES,
          "proto3", MESSAGES,
          "enums", MESSAGES,
          "wrappers", MESSAGES,
          "unknowns", "unknowns as input");

  private static final Set<String> KNOWN_EXTENSIONS = ImmutableSet.of("string_ext", "math_ext");

  /** Those that would be of little use in a rule. */
  private static final Set<String> OTHER_FUNCTIONS =
      ImmutableSet.of(
          "format",
          "quote",
          "bitAnd",
          "bitOr",
          "bitXor",
          "bitNot",
          "bitShiftLeft",
          "bitShiftRight");

  private static final Set<String> TYPE_NAMES =
      ImmutableSet.of(
          "bool", "bytes", "double", "int", "list", "map", "null_type", "string", "type", "uint");

  private Profile() {}

  /** Why a test lies outside as it stands, before its expression is looked at. */
  static Optional<String> outside(ConformanceCase test) {
    if (test.file().endsWith("_ext") && !KNOWN_EXTENSIONS.contains(test.file())) {
      return Optional.of("extension libraries: " + test.file().replace("_ext", ""));
    }
    if (FILES.containsKey(test.file())) {
      return Optional.of(FILES.get(test.file()));
    }
    if (test.test().isTrue("disable_check") || test.test().isTrue("disable_macros")) {
      return Optional.of(UNCHECKED);
    }
    if (test.test().isTrue("check_only")) {
      return Optional.of(DEDUCTION);
    }
    if (!test.test().text("container").isEmpty()
        || Stream.concat(test.types().keySet().stream(), test.bindings().keySet().stream())
            .anyMatch(name -> name.contains("."))) {
      return Optional.of(test.expression().contains("{") ? MESSAGES : NAMES);
    }
    return outsideValues(test);
  }

  private static Optional<String> outsideValues(ConformanceCase test) {
    for (Message value : test.bindings().values()) {
      Object known = CelValues.of(value);
      if (known == null || CelValues.typeOf(known) == null) {
        return Optional.of(VARIABLES);
      }
    }
    if (test.types().values().stream()
        .anyMatch(type -> !ConformanceCase.kindOf(type).equals("primitive"))) {
      return Optional.of(VARIABLES);
    }
    Message value = test.value();
    if (value != null && CelValues.of(value) == null) {
      return Optional.of(
          switch (ConformanceCase.kindOf(value)) {
            case "uint64_value" -> UINT;
            case "bytes_value" -> BYTES;
            case "null_value" -> NULL;
            case "map_value" -> MAPS;
            case "type_value" -> TYPES;
            case "list_value" -> LISTS;
            default -> MESSAGES;
          });
    }
    return Optional.empty();
  }

  /** Why a test lies outside by what its expression uses. */
  static Optional<String> outside(ConformanceCase test, CelAbstractSyntaxTree ast) {
    return CelNavigableAst.fromAst(ast)
        .getRoot()
        .allNodes()
        .map(CelNavigableExpr::expr)
        .flatMap(expr -> outside(test, expr, ast).stream())
        .findFirst();
  }

  private static Optional<String> outside(
      ConformanceCase test, CelExpr expr, CelAbstractSyntaxTree ast) {
    return switch (expr.getKind()) {
      case CONSTANT -> ofConstant(expr.constant());
      case STRUCT -> Optional.of(MESSAGES);
      case MAP -> Optional.of(MAPS);
      case IDENT ->
          TYPE_NAMES.contains(expr.ident().name()) ? Optional.of(TYPES) : Optional.empty();
      case SELECT ->
          expr.select().operand().getKind() == CelExpr.ExprKind.Kind.IDENT
                  && expr.select().operand().ident().name().matches("google|cel|GlobalEnum")
              ? Optional.of(MESSAGES)
              : Optional.empty();
      case CALL ->
          switch (expr.call().function()) {
            case "uint" -> Optional.of(UINT);
            case "bytes" -> Optional.of(BYTES);
            case "dyn", "type" -> Optional.of(TYPES);
            case "least", "greatest" ->
                isOfOneType(expr.call().args()) ? Optional.empty() : Optional.of(EXTREMES);
            // Where an error is expected, being refused is one.
            case "_/_", "_%_" ->
                test.value() != null && isZero(expr.call().args().get(1))
                    ? Optional.of(DIVISION)
                    : Optional.empty();
            default ->
                OTHER_FUNCTIONS.contains(expr.call().function())
                    ? Optional.of(FUNCTIONS)
                    : Optional.empty();
          };
      case LIST -> ofList(ast.getType(expr.id()));
      default -> Optional.empty();
    };
  }

  /** Of one to three numbers, all of them written alike. */
  private static boolean isOfOneType(List<CelExpr> arguments) {
    boolean numbers =
        arguments.stream().noneMatch(each -> each.getKind() == CelExpr.ExprKind.Kind.LIST);
    long types =
        arguments.stream()
            .filter(each -> each.getKind() == CelExpr.ExprKind.Kind.CONSTANT)
            .map(each -> each.constant().getKind())
            .distinct()
            .count();
    return numbers && arguments.size() <= 3 && types <= 1;
  }

  private static boolean isZero(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expr.constant().equals(CelConstant.ofValue(0L));
  }

  private static Optional<String> ofConstant(CelConstant constant) {
    return switch (constant.getKind()) {
      case UINT64_VALUE -> Optional.of(UINT);
      case BYTES_VALUE -> Optional.of(BYTES);
      case NULL_VALUE -> Optional.of(NULL);
      default -> Optional.empty();
    };
  }

  /** Empty as long as the expression is not checked. */
  private static Optional<String> ofList(Optional<CelType> type) {
    return type.filter(ListType.class::isInstance)
        .map(list -> ((ListType) list).elemType().kind())
        .filter(of -> of == CelKind.DYN || of == CelKind.LIST || of == CelKind.TYPE_PARAM)
        .map(of -> LISTS);
  }
}
