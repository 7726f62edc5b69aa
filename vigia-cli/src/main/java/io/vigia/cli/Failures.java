package io.vigia.cli;

import io.vigia.cli.terminal.Ink;
import io.vigia.cli.terminal.Terminal;
import io.vigia.core.problem.EnvironmentException;
import io.vigia.core.problem.Nearest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what went wrong in two lines, what and what next, and chooses the exit code.
 *
 * <p><b>Errors.</b> A user never sees a stack trace: that of an unexpected failure goes to a file,
 * which is named.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** The folder of the log, once a command has one. */
  static final String LOG_FOLDER = "vigia.log";

  private final Terminal terminal;

  Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    if (e.getCause() instanceof WrongInputException wrong) {
      return wrongInput(wrong);
    }
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    tell(what(e, spec), nextStep(e, spec));
    return ExitCodes.INPUT;
  }

  private static String what(ParameterException e, CommandSpec spec) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      if (word.startsWith("-")) {
        return "unknown option '" + word + "'" + of(spec);
      }
      return isRoot(spec)
          ? "unknown command '" + word + "'"
          : "unexpected '" + word + "'" + of(spec);
    }
    if (e instanceof MissingParameterException missing) {
      if (missing.getMissing().get(0) instanceof OptionSpec option
          && String.valueOf(missing.getMessage()).contains("for option")) {
        return "option '" + option.longestName() + "' needs a value: " + option.paramLabel();
      }
      return "missing "
          + missing.getMissing().stream().map(Failures::label).collect(Collectors.joining(", "))
          + of(spec);
    }
    if (e instanceof OverwrittenOptionException overwritten) {
      return label(overwritten.getOverwritten()) + " is given twice";
    }
    if (e instanceof MutuallyExclusiveArgsException) {
      return spec.options().stream()
              .filter(option -> option.group() != null && option.group().exclusive())
              .map(OptionSpec::longestName)
              .collect(Collectors.joining(", "))
          + " exclude each other";
    }
    return uncapitalized(message(e));
  }

  /**
   * picocli says: Invalid value for option '--port': 'x' is not an int, or what a converter said.
   */
  private static String message(ParameterException e) {
    String message = String.valueOf(e.getMessage());
    ArgSpec argument = e.getArgSpec();
    if (argument == null || !message.startsWith("Invalid value")) {
      return message;
    }
    String said = message.substring(message.indexOf(": ") + 2);
    return label(argument)
        + ": "
        + (said.startsWith("'")
            ? "expected " + kind(argument.type()) + ", found '" + e.getValue() + "'"
            : said);
  }

  private static String kind(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    }
    return type == double.class || type == Double.class ? "a number" : "another value";
  }

  private static String nextStep(ParameterException e, CommandSpec spec) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      Set<String> known =
          word.startsWith("-")
              ? optionNames(spec)
              : isRoot(spec) ? CommandLines.names() : spec.subcommands().keySet();
      return Nearest.of(word, known)
          .map(near -> "did you mean '" + near + "'?")
          .orElse("`" + help(spec) + "` shows what there is");
    }
    return "usage: " + String.join(" ", spec.usageMessage().customSynopsis());
  }

  private static Set<String> optionNames(CommandSpec spec) {
    Set<String> names = new LinkedHashSet<>();
    spec.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> names.addAll(List.of(option.names())));
    return names;
  }

  private static String label(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static boolean isRoot(CommandSpec spec) {
    return spec.parent() == null;
  }

  private static String of(CommandSpec spec) {
    return isRoot(spec) ? "" : " of `" + spec.qualifiedName() + "`";
  }

  private static String help(CommandSpec spec) {
    return spec.qualifiedName() + " --help";
  }

  private static String uncapitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine commandLine, @Nullable ParseResult parsed) {
    if (e instanceof WrongInputException wrong) {
      return wrongInput(wrong);
    }
    if (e instanceof EnvironmentException environment) {
      return environment(environment);
    }
    return unexpected(e);
  }

  private int wrongInput(WrongInputException e) {
    tell(String.valueOf(e.getMessage()), e.nextStep());
    return ExitCodes.INPUT;
  }

  /** Tells of a failure around Vigia. */
  int environment(EnvironmentException e) {
    tell(String.valueOf(e.getMessage()), e.nextStep());
    return ExitCodes.ENVIRONMENT;
  }

  /** Tells of a failure that nobody thought of. */
  int unexpected(Throwable e) {
    if (e instanceof OutOfMemoryError) {
      tell("there is not enough memory", "give Java more: VIGIA_JAVA_OPTS=-Xmx4g vigia …");
      return ExitCodes.ENVIRONMENT;
    }
    tell(
        "unexpected failure: "
            + e.getClass().getSimpleName()
            + (e.getMessage() == null ? "" : ": " + e.getMessage().lines().findFirst().orElse("")),
        "please report it with " + written(e));
    return ExitCodes.ENVIRONMENT;
  }

  private static String written(Throwable e) {
    try {
      Path folder =
          Path.of(System.getProperty(LOG_FOLDER, System.getProperty("java.io.tmpdir", ".")));
      Files.createDirectories(folder);
      Path file = Files.createTempFile(folder, "vigia-failure-", ".log");
      try (PrintWriter out = new PrintWriter(file.toFile(), StandardCharsets.UTF_8)) {
        e.printStackTrace(out);
      }
      return "what stands in " + file;
    } catch (IOException unwritable) {
      return "its place: " + (e.getStackTrace().length == 0 ? "unknown" : e.getStackTrace()[0]);
    }
  }

  private void tell(String what, String nextStep) {
    Ink ink = terminal.errInk();
    terminal.note(ink.bad("vigia:") + " " + what + (nextStep.isEmpty() ? "" : "\n  " + nextStep));
  }
}
