package io.vigia.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every public type of core says what it is.
 *
 * <p>The compiler's doclint checks the Javadoc that is there; asked for what is missing, it also
 * wants a comment on each accessor, which would only repeat the name. So the types are asked for
 * here.
 */
final class JavadocTest {
  private static final Path SOURCES = Path.of("src/main/java");

  @Test
  void publicType_eachOne_hasJavadoc() throws IOException {
    assertEquals(List.of(), publicTypesWithoutJavadoc());
  }

  private static List<String> publicTypesWithoutJavadoc() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Path> files;
    try (Stream<Path> tree = Files.walk(SOURCES)) {
      files = tree.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    List<String> missing = new ArrayList<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new PublicTypes(docs, unit, missing).scan(unit, null);
      }
    }
    return missing;
  }

  private static final class PublicTypes extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final List<String> missing;

    PublicTypes(DocTrees docs, CompilationUnitTree unit, List<String> missing) {
      this.docs = docs;
      this.unit = unit;
      this.missing = missing;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      boolean isPublic =
          type.getModifiers().getFlags().contains(Modifier.PUBLIC) || isMemberOfInterface();
      if (!isPublic) {
        return null;
      }
      if (docs.getDocComment(getCurrentPath()) == null) {
        long at = docs.getSourcePositions().getStartPosition(unit, type);
        missing.add(
            SOURCES.relativize(SOURCES.resolve(unit.getSourceFile().getName()))
                + ":"
                + unit.getLineMap().getLineNumber(at)
                + " "
                + type.getSimpleName());
      }
      return super.visitClass(type, null);
    }

    private boolean isMemberOfInterface() {
      return getCurrentPath().getParentPath().getLeaf() instanceof ClassTree outer
          && outer.getKind() == Tree.Kind.INTERFACE;
    }
  }
}
