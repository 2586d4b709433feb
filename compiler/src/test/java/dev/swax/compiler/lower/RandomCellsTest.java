package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.analyze.part.Cells;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.diagnostic.Severity;
import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Evaluation;
import dev.swax.compiler.interpret.FiniteDifferences;
import dev.swax.compiler.interpret.Interpreter;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartPrinter;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random cells mean what they say: what is understood of a body and lowered, against the body line
 * by line; and the kernels of its recurrence, by chunks and token by token, against their meaning.
 */
class RandomCellsTest {
  private static final int CELLS = Integer.getInteger("swax.fuzz.cells", 150);
  private static final long FIRST = Long.getLong("swax.fuzz.seed", 1);
  private static final int BATCH = 2;

  /** What is added to a divisor is 1e-6. */
  private static final double TOLERANCE = 1e-5;

  @Test
  void randomCellsMeanWhatTheySay() {
    Map<String, Integer> families = new LinkedHashMap<>();
    try (Kernels scalar = new ScalarKernels();
        Kernels vector = new VectorKernels(2)) {
      for (long seed = FIRST; seed < FIRST + CELLS; seed++) {
        String text = RandomCells.of(seed);
        try {
          families.merge(check(text, seed, List.of(scalar, vector)), 1, Integer::sum);
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError("-Dswax.fuzz.cells=1 -Dswax.fuzz.seed=" + seed + "\n" + text, e);
        }
      }
    }
    if (CELLS >= 100) {
      assertThat(families).as("families met").containsKeys("memory", "gla", "delta", "scan");
    }
  }

  /** The family of the cell. */
  private static String check(String text, long seed, List<Kernels> kernels) {
    var diagnostics = new Diagnostics();
    Part part = Cells.find(text, "c()", RandomCells.WIDTH, 2, diagnostics).orElseThrow();
    List<Diagnostic> errors =
        diagnostics.all().stream().filter(d -> d.code().severity() == Severity.ERROR).toList();
    assertThat(errors).isEmpty();
    assertThat(PartPrinter.explain(part)).isNotBlank();
    Block block = lowered(part);
    var random = new SplittableRandom(seed);
    int time = random.nextInt(1, 80);
    boolean[] starts = new boolean[BATCH * time];
    for (int row = 0; row < starts.length; row++) {
      starts[row] = row % time == 0 || random.nextInt(20) == 0;
    }
    Matrix x = FiniteDifferences.normal(random, BATCH * time, RandomCells.WIDTH, 0, 1);
    var bindings = new Bindings(BATCH, time).documentStarts(starts).value("x", x);
    Map<String, Matrix> weights = new LinkedHashMap<>();
    for (Block.BlockParameter p : block.parameters()) {
      Matrix weight = FiniteDifferences.normal(random, p.rows(), p.columns(), 0, 0.4);
      bindings.value(p.name(), weight);
      weights.put(p.name().substring("memory.".length()), weight);
    }
    Evaluation found = Interpreter.run(block.graph(), bindings);
    Matrix expected = new PartMeaning(parsed(text), weights, RandomCells.WIDTH).of(x, starts, time);
    requireClose(found.result("y"), expected);
    for (Node node : block.graph().nodes()) {
      if (node.op() instanceof Op.Recurrence recurrence) {
        recurrence(recurrence, node, found, random, starts, time, seed, kernels);
      }
    }
    return Cells.recurrence(part).shape().name();
  }

  private static void recurrence(
      Op.Recurrence op,
      Node node,
      Evaluation values,
      SplittableRandom random,
      boolean[] starts,
      int time,
      long seed,
      List<Kernels> kernels) {
    var operands = new ArrayList<Matrix>();
    node.operands().forEach(id -> operands.add(rounded(values.value(id))));
    int columns = op.shape().columns(op.shape().results().getFirst());
    operands.add(rounded(FiniteDifferences.normal(random, BATCH * time, columns, 0, 1)));
    var check = new RecurrenceCheck(op.shape(), operands, starts, BATCH, time, "seed " + seed);
    double inside = Math.max(1, check.largest());
    assertThat(inside).as("the state grows").isLessThan(1e4);
    kernels.forEach(each -> check.compare(each, inside));
  }

  private static Block lowered(Part part) {
    var out = new BlockBuilder();
    var x = out.input("x", part.width());
    out.graph().result("y", LowerPart.lower(part, "memory", x, out));
    return out.build("memory");
  }

  private static Declaration.Part parsed(String text) {
    return Parser.parse(new SourceFile("cells.swax", text), new Diagnostics())
        .declarations()
        .stream()
        .filter(Declaration.Part.class::isInstance)
        .map(Declaration.Part.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** To values that fp32 holds exactly. */
  private static Matrix rounded(Matrix matrix) {
    Matrix rounded = Matrix.zeros(matrix.rows(), matrix.columns());
    for (int i = 0; i < matrix.values().length; i++) {
      rounded.values()[i] = (float) matrix.values()[i];
    }
    return rounded;
  }

  private static void requireClose(Matrix found, Matrix expected) {
    double largest = 1;
    for (double value : expected.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.values().length; i++) {
      assertThat(found.values()[i])
          .as("output %d", i)
          .isCloseTo(expected.values()[i], within(TOLERANCE * largest));
    }
  }
}
