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
 * <p>The class is hidden: it sees what is private to its package, nothing can name it, and it goes
 * with the last reference to its object.
 */
public final class ProgramLoader {
  /** How the class is called in its own source; its constructor takes its constants. */
  public static final String CLASS = "CompiledProgram";

  private static final MethodHandles.Lookup HERE = MethodHandles.lookup();

  private ProgramLoader() {}

  /**
   * Compiles methods of a {@link Program}.
   *
   * @return empty when they are too long for one class
   */
  static Optional<Program> load(String methods, SourceWriter writer) {
    return load(HERE, Program.class, writer.fields(CLASS) + methods, writer.constants());
  }

  /**
   * Compiles a class that extends another.
   *
   * @param where the package of the class, which is that of {@code base}
   * @param members fields, methods and a constructor that takes an {@code Object[]}
   * @return empty when the class is too large
   * @throws IllegalStateException if the source is wrong, which is a programmer's mistake
   */
  public static <T> Optional<T> load(
      MethodHandles.Lookup where, Class<T> base, String members, Object[] constants) {
    String place = base.getPackageName();
    String source =
        "package "
            + place
            + ";\nimport io.vigia.core.event.Lists;\nimport io.vigia.core.event.Slots;\nfinal class "
            + CLASS
            + " extends "
            + base.getSimpleName()
            + " {\n"
            + members
            + "}\n";
    try {
      SimpleCompiler compiler = new SimpleCompiler();
      compiler.setParentClassLoader(ProgramLoader.class.getClassLoader());
      compiler.cook(source);
      byte[] bytes = compiler.getBytecodes().get(place + "." + CLASS);
      MethodHandles.Lookup hidden = where.defineHiddenClass(bytes, true);
      MethodHandle constructor =
          hidden.findConstructor(
              hidden.lookupClass(), MethodType.methodType(void.class, Object[].class));
      return Optional.of(base.cast(constructor.invoke((Object) constants)));
    } catch (InternalCompilerException e) {
      return Optional.empty();
    } catch (CompileException e) {
      throw new IllegalStateException("compiled program:\n" + source, e);
    } catch (Throwable e) {
      throw new IllegalStateException("compiled program: " + e.getMessage(), e);
    }
  }
}
