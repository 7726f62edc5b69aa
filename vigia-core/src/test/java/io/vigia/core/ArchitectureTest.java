package io.vigia.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

/**
 * What core may see: few libraries, the rooms to the left, and nothing of the machine it runs on.
 *
 * <p>A rule that is in the way is changed here, on purpose and with its reason, never by a detour.
 */
@AnalyzeClasses(
    packages = "io.vigia.core",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
final class ArchitectureTest {
  private static final String CORE = "io.vigia.core";

  /** From left to right; rooms that share a place do not know each other. */
  private static final List<Set<String>> ROOMS =
      List.of(
          Set.of("problem"),
          Set.of("event"),
          Set.of("state"),
          Set.of("expr"),
          Set.of("feature", "pattern"),
          Set.of("decision"),
          Set.of("pipeline"),
          Set.of("replay"));

  /**
   * What a room may use besides the JDK, jspecify and core, with what that library's API speaks.
   */
  private static final String[] ONLY_IN_EXPR = {
    "dev.cel..",
    "com.google.common.collect..",
    "com.google.protobuf..",
    "com.google.re2j..",
    "org.codehaus.janino..",
    "org.codehaus.commons.compiler.."
  };

  /** Counts different values beyond a size. */
  private static final String ONLY_IN_FEATURE = "org.apache.datasketches..";

  @ArchTest
  static final ArchRule libraries_feature_areJdkJspecifyAndDataSketches =
      classes()
          .that()
          .resideInAPackage(CORE + ".feature..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", CORE + "..", ONLY_IN_FEATURE)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule libraries_otherRooms_areJdkAndJspecify =
      classes()
          .that()
          .resideOutsideOfPackages(CORE + ".expr..", CORE + ".feature..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", CORE + "..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule libraries_expr_areJdkJspecifyAndCel =
      classes()
          .that()
          .resideInAPackage(CORE + ".expr..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "org.jspecify..", CORE + "..")
                  .or(resideInAnyPackage(ONLY_IN_EXPR)))
          .allowEmptyShould(true);

  @ArchTest
  static void rooms_everyClass_standsInOneAndLooksOnlyLeft(JavaClasses core) {
    String[] known =
        ROOMS.stream().flatMap(Set::stream).map(ArchitectureTest::room).toArray(String[]::new);
    classes().should().resideInAnyPackage(known).allowEmptyShould(true).check(core);
    for (int place = 0; place < ROOMS.size(); place++) {
      for (String room : ROOMS.get(place)) {
        noClasses()
            .that()
            .resideInAPackage(room(room))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(besideAndToTheRight(place, room))
            .as("room '" + room + "' looks only left")
            .allowEmptyShould(true)
            .check(core);
      }
    }
  }

  @ArchTest
  static final ArchRule rooms_areFreeOfCycles =
      slices().matching(CORE + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule machine_isOutOfReach =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.net..",
                      "java.nio.file..",
                      "java.nio.channels..",
                      "java.sql..",
                      "java.rmi..",
                      "java.util.logging..",
                      "java.util.prefs..")
                  .or(
                      resideInAPackage("java.io..")
                          .and(otherThan(Serializable.class, Serial.class)))
                  .or(resideInAPackage("java.lang").and(assignableTo(Process.class)))
                  .or(type(ProcessBuilder.class)))
          .as("core sees no file, socket, stream, logger or process")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule time_chanceAndThreads_enterByParameter =
      noClasses()
          .should()
          .dependOnClassesThat(
              assignableTo(RandomGenerator.class)
                  .or(assignableTo(Thread.class))
                  .or(type(java.time.Clock.class))
                  .or(type(java.util.Timer.class))
                  .or(resideInAPackage("java.util.concurrent").and(assignableTo(Executor.class)))
                  .or(resideInAPackage("java.util.concurrent").and(assignableTo(Future.class))))
          .orShould()
          .accessTargetWhere(readsMachine())
          .as("time, chance and threads enter core by parameter; places and zones are named")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule publicTypes_exposeOnlyPublicTypesOfCoreAndJdk =
      classes()
          .that(describe("can be seen from outside", ArchitectureTest::isVisible))
          .should(exposeOnlyVisibleTypes())
          .allowEmptyShould(true);

  private static String room(String name) {
    return CORE + "." + name + "..";
  }

  private static String[] besideAndToTheRight(int place, String room) {
    List<String> packages = new ArrayList<>();
    for (int other = place; other < ROOMS.size(); other++) {
      ROOMS.get(other).stream()
          .filter(name -> !name.equals(room))
          .map(ArchitectureTest::room)
          .forEach(packages::add);
    }
    // the last room has nothing to its right, and an empty list would match everything
    packages.add(CORE + ".nothing");
    return packages.toArray(String[]::new);
  }

  private static DescribedPredicate<JavaClass> otherThan(Class<?>... allowed) {
    return describe(
        "other than " + List.of(allowed),
        target -> Stream.of(allowed).noneMatch(target::isEquivalentTo));
  }

  /** Calls that ask the machine for something: the time, chance, its settings, its console. */
  private static DescribedPredicate<JavaAccess<?>> readsMachine() {
    Set<String> ofSystem = Set.of("arraycopy", "identityHashCode", "lineSeparator");
    return describe(
        "asks the machine",
        access -> {
          AccessTarget target = access.getTarget();
          JavaClass owner = target.getOwner();
          String name = target.getName();
          return (owner.isEquivalentTo(System.class) && !ofSystem.contains(name))
              || owner.isEquivalentTo(Runtime.class)
              || (owner.getPackageName().startsWith("java.time") && name.equals("now"))
              || name.equals("systemDefault")
              || (owner.isEquivalentTo(java.util.Locale.class) && name.equals("getDefault"))
              || (owner.isEquivalentTo(java.util.TimeZone.class) && name.equals("getDefault"))
              || (owner.isEquivalentTo(Math.class) && name.equals("random"))
              || (owner.isEquivalentTo(java.util.UUID.class) && name.equals("randomUUID"))
              || (owner.isEquivalentTo(java.util.Collections.class) && name.equals("shuffle"))
              || name.equals("parallelStream")
              || (owner.isAssignableTo(BaseStream.class) && name.equals("parallel"));
        });
  }

  private static ArchCondition<JavaClass> exposeOnlyVisibleTypes() {
    return new ArchCondition<>("expose only public types of core and the JDK") {
      @Override
      public void check(JavaClass subject, ConditionEvents events) {
        Stream<JavaType> heritage =
            Stream.concat(subject.getSuperclass().stream(), subject.getInterfaces().stream());
        heritage.forEach(type -> check(subject.getName(), type, events));
        Stream.concat(subject.getCodeUnits().stream(), subject.getFields().stream())
            .filter(ArchitectureTest::isApi)
            .forEach(
                member -> typesOf(member).forEach(t -> check(member.getFullName(), t, events)));
      }

      private void check(String where, JavaType exposed, ConditionEvents events) {
        for (JavaClass type : exposed.getAllInvolvedRawTypes()) {
          JavaClass element = type.getBaseComponentType();
          boolean home =
              element.isPrimitive() || resideInAnyPackage("java..", CORE + "..").test(element);
          if (!home || !isVisible(element)) {
            events.add(
                SimpleConditionEvent.violated(type, where + " exposes " + element.getName()));
          }
        }
      }
    };
  }

  private static Stream<JavaType> typesOf(JavaMember member) {
    if (member instanceof JavaField field) {
      return Stream.of(field.getType());
    }
    JavaCodeUnit code = (JavaCodeUnit) member;
    return Stream.of(
            Stream.of(code.getReturnType()),
            code.getParameterTypes().stream(),
            code.getExceptionTypes().stream())
        .flatMap(types -> types);
  }

  private static boolean isApi(JavaMember member) {
    Set<JavaModifier> modifiers = member.getModifiers();
    return !modifiers.contains(JavaModifier.SYNTHETIC)
        && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
  }

  /** Public (or protected inside another), and so is everything it is nested in. */
  private static boolean isVisible(JavaClass type) {
    Set<JavaModifier> modifiers = type.getModifiers();
    return (type.isPrimitive()
            || modifiers.contains(JavaModifier.PUBLIC)
            || modifiers.contains(JavaModifier.PROTECTED))
        && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }
}
