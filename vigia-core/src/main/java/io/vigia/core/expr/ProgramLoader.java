package io.vigia.core.expr;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.InternalCompilerException;
import org.codehaus.janino.SimpleCompiler;

/**
 * Makes a class out of Java source and an object of it.
 *
 * <p>The class is hidden: it sees what is private to this package, nothing can name it, and it goes
 * with the last reference to its object.
 */
final class ProgramLoader {
  static final String CLASS = "CompiledExpressions";

  private static final MethodHandles.Lookup HERE = MethodHandles.lookup();

  private ProgramLoader() {}

  /**
   * Compiles methods of a {@link Program}.
   *
   * @return empty when they are too long for one class
   */
  static Optional<Program> load(String methods, SourceWriter writer) {
    String source =
        "package io.vigia.core.expr;\nimport io.vigia.core.event.Lists;\nimport io.vigia.core.event.Slots;\nfinal class "
            + CLASS
            + " extends Program {\n"
            + writer.fields(CLASS)
            + methods
            + "}\n";
    try {
      SimpleCompiler compiler = new SimpleCompiler();
      compiler.setParentClassLoader(ProgramLoader.class.getClassLoader());
      compiler.cook(source);
      byte[] bytes = compiler.getBytecodes().get("io.vigia.core.expr." + CLASS);
      MethodHandles.Lookup hidden = HERE.defineHiddenClass(bytes, true);
      MethodHandle constructor =
          hidden.findConstructor(
              hidden.lookupClass(), MethodType.methodType(void.class, Object[].class));
      return Optional.of((Program) constructor.invoke((Object) writer.constants()));
    } catch (InternalCompilerException e) {
      return Optional.empty();
    } catch (CompileException e) {
      throw new IllegalStateException("compiled expression:\n" + source, e);
    } catch (Throwable e) {
      throw new IllegalStateException("compiled expression: " + e.getMessage(), e);
    }
  }
}
