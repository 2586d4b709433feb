package dev.swax.tests;

import static dev.swax.tests.SmallBlocks.EMPTY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.cpu.ProgramEmitter;
import dev.swax.compiler.codegen.tornado.DeviceProgramEmitter;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.compiler.plan.PlanPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What becomes of one construct each, whole: its plan with its gradient, and what a generated class
 * has for it that the class of an empty model has not. Larger models are compared by their
 * structure, in {@link StageGoldenTest}.
 */
class BlockGoldenTest {
  private static final String FOLDER = "blocks";
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);
  private static final String HEAD = ".*[hH]ead.*";

  /** Lines of a file that is read in a difference; a longer one has a file for each pass. */
  private static final int LONG = 150;

  /** Lines that no file may have. */
  private static final int TOO_LONG = 200;

  @TestFactory
  Stream<DynamicTest> constructs() {
    List<DynamicTest> tests = new ArrayList<>();
    for (SmallBlocks block : SmallBlocks.values()) {
      String name = block.name().toLowerCase(Locale.ROOT);
      tests.add(golden(name + ".plan", plan(block)));
      tests.add(golden(name + ".cpu.java", ofLayer(cpu(block), cpu(EMPTY))));
      tests.addAll(device(name + ".device", block, Products.OWN));
    }
    ModelPlan reads = SmallBlocks.planOfReads();
    tests.add(golden("reads.plan", layers(reads, "source|reader")));
    ClassMembers between = cpu(reads).where((_, text) -> text.matches("(?s).*(export|FROM).*"));
    tests.add(golden("reads.cpu.java", ofLayer(between, cpu(EMPTY))));
    tests.addAll(device("product.bf16", SmallBlocks.PRODUCT, Products.CUBLAS_BF16));
    return tests.stream();
  }

  /** What every program has, and what only its head has: the loss. */
  @TestFactory
  Stream<DynamicTest> frames() {
    ClassMembers cpu = cpu(EMPTY);
    ClassMembers device = device(EMPTY, Products.OWN);
    return Stream.of(
        golden("frame.cpu.java", frame(cpu).toString()),
        golden("frame.device.java", frame(device).toString()),
        golden("loss.cpu.java", loss(cpu).toString()),
        golden("loss.device.java", loss(device).toString()));
  }

  @Test
  void everyFileIsOfACase() {
    List<String> names =
        Stream.concat(constructs(), frames()).map(DynamicTest::getDisplayName).sorted().toList();
    assertThat(Golden.files(Golden.folder(FOLDER), ".plan", ".java"))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyElementsOf(names);
  }

  private static DynamicTest golden(String file, String actual) {
    return DynamicTest.dynamicTest(
        file,
        () -> {
          assertThat(actual.lines().count()).as("lines of %s", file).isLessThan(TOO_LONG);
          Golden.check(Golden.folder(FOLDER).resolve(file), actual);
        });
  }

  private static String plan(SmallBlocks block) {
    return layers(block.plan(), "layer");
  }

  /** What a plan says of the blocks of those names. */
  private static String layers(ModelPlan plan, String names) {
    return Stream.of(PlanPrinter.print(plan).split("\n\n"))
        .filter(text -> text.matches("(?s)(%s),.*".formatted(names)))
        .collect(Collectors.joining("\n\n"))
        .concat("\n");
  }

  /** One file, or one a pass where it would be long, or two for a long backward pass. */
  private static List<DynamicTest> device(String name, SmallBlocks block, Products products) {
    ClassMembers empty = device(EMPTY, products);
    ClassMembers program = device(block, products);
    String whole = ofLayer(program, empty);
    if (whole.lines().count() <= LONG) {
      return List.of(golden(name + ".java", whole));
    }
    ClassMembers forward = program.where((member, _) -> !member.contains("Backward"));
    ClassMembers backward = program.where((member, _) -> member.contains("Backward"));
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(golden(name + ".forward.java", ofLayer(forward, empty)));
    if (ofLayer(backward, empty).lines().count() < TOO_LONG) {
      tests.add(golden(name + ".backward.java", ofLayer(backward, empty)));
      return tests;
    }
    ClassMembers gradients = backward.where((_, text) -> isOfGradients(text));
    ClassMembers states = backward.where((_, text) -> !isOfGradients(text));
    tests.add(golden(name + ".backward.states.java", ofLayer(states, empty)));
    tests.add(golden(name + ".backward.gradients.java", ofLayer(gradients, empty)));
    return tests;
  }

  /** Whether a task calls a kernel that only the backward pass has. */
  private static boolean isOfGradients(String task) {
    return task.contains("GradientKernels") || task.contains("SlopeKernels");
  }

  private static String ofLayer(ClassMembers program, ClassMembers empty) {
    return withoutHead(program).beyond(frame(empty));
  }

  /** All but the head and the layer. */
  private static ClassMembers frame(ClassMembers program) {
    return withoutHead(program).where((name, _) -> !name.matches("layer[A-Z].*|.*Layer\\(?"));
  }

  private static ClassMembers withoutHead(ClassMembers program) {
    return program.where((name, _) -> !name.matches(HEAD));
  }

  /** The head's loss: its norm and its product are constructs of their own. */
  private static ClassMembers loss(ClassMembers program) {
    return program.where((name, text) -> name.matches(HEAD) && text.contains("rossEntropy"));
  }

  private static ClassMembers cpu(SmallBlocks block) {
    return cpu(block.plan());
  }

  private static ClassMembers cpu(ModelPlan plan) {
    return ClassMembers.of(ProgramEmitter.emit(plan, ADAMW, Compiler.VERSION));
  }

  private static ClassMembers device(SmallBlocks block, Products products) {
    return ClassMembers.of(
        DeviceProgramEmitter.emit(block.plan(), ADAMW, products, Compiler.VERSION));
  }
}
