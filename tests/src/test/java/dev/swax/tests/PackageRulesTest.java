package dev.swax.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.swax.compiler.ir.Graph;
import dev.swax.grammar.SwaxLexer;
import dev.swax.runtime.kernel.Kernels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Which module may know which, and which package; and what the compiler must not depend on. */
class PackageRulesTest {
  private static final JavaClasses SWAX =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.swax");

  private static final String COMPILER = "dev.swax.compiler";
  private static final String RUNTIME = "dev.swax.runtime";

  @Test
  void modulesDependOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.swax..")
        .layer("grammar")
        .definedBy("dev.swax.grammar..")
        .layer("runtime")
        .definedBy(RUNTIME + "..")
        .layer("compiler")
        .definedBy(COMPILER + "..")
        .optionalLayer("tornado")
        .definedBy("dev.swax.tornado..")
        .optionalLayer("tokenizers")
        .definedBy("dev.swax.tokenizers..")
        .optionalLayer("formats")
        .definedBy("dev.swax.formats..")
        .layer("grid")
        .definedBy("dev.swax.grid..")
        .layer("hub")
        .definedBy("dev.swax.hub..")
        .layer("language server")
        .definedBy("dev.swax.lsp..")
        .optionalLayer("cli")
        .definedBy("dev.swax.cli..")
        .whereLayer("grammar")
        .mayNotAccessAnyLayer()
        .whereLayer("runtime")
        .mayNotAccessAnyLayer()
        .whereLayer("compiler")
        .mayOnlyAccessLayers("grammar", "runtime")
        .whereLayer("tornado")
        .mayOnlyAccessLayers("runtime")
        .whereLayer("formats")
        .mayOnlyAccessLayers("runtime")
        .whereLayer("tokenizers")
        .mayOnlyAccessLayers("runtime")
        .whereLayer("grid")
        .mayOnlyAccessLayers("compiler", "runtime")
        .whereLayer("hub")
        .mayOnlyAccessLayers("compiler", "runtime")
        .whereLayer("language server")
        .mayOnlyAccessLayers("compiler", "runtime")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .check(SWAX);
  }

  @Test
  void theCompilersPackagesFollowTheFile() {
    var rules = layeredArchitecture().consideringOnlyDependenciesInAnyPackage(COMPILER + "..");
    for (String name :
        List.of(
            "source",
            "syntax",
            "diagnostic",
            "parse",
            "format",
            "type",
            "model",
            "facts",
            "analyze",
            "ir",
            "step",
            "lower",
            "autodiff",
            "pass",
            "plan",
            "interpret",
            "codegen",
            "load")) {
      rules = rules.optionalLayer(name).definedBy(COMPILER + "." + name + "..");
    }
    rules
        .whereLayer("source")
        .mayNotAccessAnyLayer()
        .whereLayer("type")
        .mayNotAccessAnyLayer()
        .whereLayer("syntax")
        .mayOnlyAccessLayers("source", "type")
        .whereLayer("diagnostic")
        .mayOnlyAccessLayers("source")
        .whereLayer("parse")
        .mayOnlyAccessLayers("source", "diagnostic", "syntax", "type")
        .whereLayer("format")
        .mayOnlyAccessLayers("source", "diagnostic", "syntax", "parse", "type")
        .whereLayer("ir")
        .mayOnlyAccessLayers("source")
        .whereLayer("model")
        .mayOnlyAccessLayers("source", "ir", "type")
        .whereLayer("step")
        .mayOnlyAccessLayers("ir")
        .whereLayer("facts")
        .mayOnlyAccessLayers("source", "model", "ir", "lower", "type")
        .whereLayer("analyze")
        .mayOnlyAccessLayers(
            "source", "diagnostic", "syntax", "parse", "type", "model", "facts", "ir", "step")
        .whereLayer("lower")
        .mayOnlyAccessLayers("source", "model", "ir", "type")
        .whereLayer("autodiff")
        .mayOnlyAccessLayers("ir")
        .whereLayer("pass")
        .mayOnlyAccessLayers("ir")
        .whereLayer("plan")
        .mayOnlyAccessLayers("ir", "model", "lower", "autodiff", "pass", "source")
        .whereLayer("interpret")
        .mayOnlyAccessLayers("ir", "lower", "autodiff")
        .whereLayer("codegen")
        .mayOnlyAccessLayers("source", "model", "ir", "step", "lower", "plan")
        .whereLayer("load")
        .mayOnlyAccessLayers("codegen", "plan", "model", "lower")
        .check(SWAX);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.swax.compiler.(*)..").should().beFreeOfCycles().check(SWAX);
    slices().matching("dev.swax.runtime.(*)..").should().beFreeOfCycles().check(SWAX);
    slices().matching("dev.swax.grid.(*)..").should().beFreeOfCycles().check(SWAX);
    slices().matching("dev.swax.hub.(*)..").should().beFreeOfCycles().check(SWAX);
  }

  @Test
  void onlyParsingKnowsAntlr() {
    noClasses()
        .that()
        .resideOutsideOfPackages(COMPILER + ".parse..", "dev.swax.grammar..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.antlr..", "dev.swax.grammar..")
        .check(SWAX);
  }

  @Test
  void onlyGeneratorsWriteJavaAndOnlyLoadingCompilesIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage(COMPILER + ".codegen..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.palantir.javapoet..")
        .check(SWAX);
    noClasses()
        .that()
        .resideInAPackage(COMPILER + "..")
        .and()
        .resideOutsideOfPackage(COMPILER + ".load..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javax.tools..")
        .check(SWAX);
  }

  @Test
  void graphsKnowTheShapesOfKernelsOnly() {
    noClasses()
        .that()
        .resideInAnyPackage(COMPILER + ".ir..", COMPILER + ".autodiff..", COMPILER + ".pass..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(RUNTIME + "..")
                .and(not(simpleNameEndingWith("Shape")))
                .and(not(simpleName("Rotation")))
                .and(not(simpleName("ErrorFunction"))))
        .check(SWAX);
  }

  @Test
  void onlyRuntimeKernelsUseVectors() {
    noClasses()
        .that()
        .resideOutsideOfPackage(RUNTIME + ".kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(SWAX);
  }

  /** Expressions are evaluated below everything; grids, which know the most, stand on top. */
  @Test
  void roomsOfTheAnalyzerHaveAnOrder() {
    slices().matching(COMPILER + ".analyze.(*)..").should().beFreeOfCycles().check(SWAX);
    noClasses()
        .that()
        .resideInAPackage(COMPILER + ".analyze.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(COMPILER + ".analyze")
        .check(SWAX);
  }

  /** A body is understood before a family is looked for; a step is what no family takes. */
  @Test
  void roomsOfCellsHaveAnOrder() {
    slices().matching(COMPILER + ".analyze.part.(*)..").should().beFreeOfCycles().check(SWAX);
    noClasses()
        .that()
        .resideInAPackage(COMPILER + ".analyze.part.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(COMPILER + ".analyze.part")
        .check(SWAX);
  }

  @Test
  void roomsOfKernelsDoNotKnowTheDoor() {
    slices().matching(RUNTIME + ".kernel.(*)..").should().beFreeOfCycles().check(SWAX);
    noClasses()
        .that()
        .resideInAPackage(RUNTIME + ".kernel.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(RUNTIME + ".kernel")
        .check(SWAX);
  }

  /** Its transcendental functions and sums give other bits in compiled code than before. */
  @Test
  void kernelsTakeNoFunctionsFromTheVectorApi() {
    List<String> functions =
        List.of("EXP", "EXPM1", "LOG", "LOG1P", "LOG10", "SIN", "COS", "TAN", "TANH", "POW");
    noClasses()
        .should()
        .accessFieldWhere(
            describe(
                "a transcendental function is named",
                access ->
                    isMember(access, VectorOperators.class)
                        && functions.contains(access.getName())))
        .check(SWAX);
    noClasses()
        .that()
        .doNotHaveSimpleName("VectorMath")
        .should()
        .callMethodWhere(
            describe(
                "lanes are reduced",
                call -> isMember(call, FloatVector.class) && call.getName().equals("reduceLanes")))
        .because("only VectorMath knows which reductions are exact")
        .check(SWAX);
  }

  @Test
  void theCompilersOutputDoesNotDependOnHashes() {
    noClasses()
        .that()
        .resideInAPackage(COMPILER + "..")
        .should()
        .callConstructorWhere(
            describe(
                "a hash map or set is made",
                call -> isMember(call, HashMap.class) || isMember(call, HashSet.class)))
        .orShould()
        .callMethodWhere(
            describe(
                "an immutable map or set is made",
                call ->
                    (isMember(call, Map.class) || isMember(call, Set.class))
                        && List.of("of", "ofEntries", "copyOf").contains(call.getName())))
        .orShould()
        .callMethodWhere(describe("a stream is collected into one", PackageRulesTest::collects))
        .because("their order differs from start to start; use LinkedHashMap, LinkedHashSet, List")
        .check(SWAX);
  }

  /** Collectors without a supplier of the map or set make a hash map or set. */
  private static boolean collects(JavaMethodCall call) {
    int parameters = call.getTarget().getRawParameterTypes().size();
    return isMember(call, Collectors.class)
        && switch (call.getName()) {
          case "toSet", "toUnmodifiableSet", "toUnmodifiableMap" -> true;
          case "toMap" -> parameters < 4;
          case "groupingBy" -> parameters < 3;
          default -> false;
        };
  }

  @Test
  void theCompilerHasNoClockAndNoHiddenRandomness() {
    noClasses()
        .that()
        .resideInAPackage(COMPILER + "..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Random.class, SplittableRandom.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.time..")
        .check(SWAX);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : SWAX) {
      boolean byAntlr = type.getPackageName().startsWith("dev.swax.grammar");
      if (!byAntlr && !type.getPackage().isAnnotatedWith(NullMarked.class)) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  @Test
  void theRulesSeeEveryModule() {
    for (Class<?> type : List.of(Kernels.class, Graph.class, SwaxLexer.class)) {
      assertThat(SWAX.contain(type)).as("%s", type).isTrue();
    }
  }

  private static boolean isMember(JavaAccess<?> access, Class<?> owner) {
    return access.getTargetOwner().isEquivalentTo(owner);
  }
}
