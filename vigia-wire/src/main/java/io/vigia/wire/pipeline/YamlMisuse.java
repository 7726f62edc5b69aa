package io.vigia.wire.pipeline;

import io.vigia.core.problem.ProblemCode;

/** Well-formed YAML that a pipeline file has no use for, and where it stands. */
record YamlMisuse(Kind kind, int start, int end) {

  /** What it is, and what to write in its place. */
  enum Kind {
    TAG(
        ProblemCode.YAML_FEATURE,
        "a tag ('!…'), which pipeline files do not use",
        "remove it, or put the text that begins with ! in quotes"),
    ANCHOR(
        ProblemCode.YAML_FEATURE,
        "an anchor ('&…'), which pipeline files do not use",
        "remove it and write the value out, or put the text that begins with & in quotes"),
    ALIAS(
        ProblemCode.YAML_FEATURE,
        "an alias ('*…'), which pipeline files do not use",
        "write the value out, or put the text that begins with * in quotes"),
    MERGE(
        ProblemCode.YAML_FEATURE,
        "a merge key ('<<'), which pipeline files do not use",
        "write the values out"),
    DIRECTIVE(
        ProblemCode.YAML_FEATURE,
        "a directive ('%…'), which pipeline files do not use",
        "remove the line; pipeline files are YAML 1.2"),
    SECOND_DOCUMENT(
        ProblemCode.YAML_FEATURE,
        "a second document begins here, a file holds one pipeline",
        "put the second pipeline into its own file"),
    KEY_NOT_TEXT(
        ProblemCode.WRONG_SHAPE,
        "a key must be a word, found a list or mapping",
        "write each entry as word: value"),
    TEMPLATE(
        ProblemCode.YAML_UNQUOTED,
        "the text is not quoted, and YAML reads '{{' as mappings",
        "quote the text"),
    TOO_DEEP(
        ProblemCode.OVER_LIMIT,
        "nested deeper than " + YamlTreeBuilder.DEPTH_MAX + " levels",
        "a pipeline file needs six or seven"),
    TOO_MANY(
        ProblemCode.OVER_LIMIT,
        "more than " + YamlTreeBuilder.NODES_MAX + " values in one file",
        "keep large lists out of the file");

    final ProblemCode code;
    final String message;
    final String help;

    Kind(ProblemCode code, String message, String help) {
      this.code = code;
      this.message = message;
      this.help = help;
    }
  }
}
