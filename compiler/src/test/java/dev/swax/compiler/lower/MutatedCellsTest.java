package dev.swax.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.part.Cells;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.ir.GraphVerifier;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever a cell's text is, it becomes a graph that holds together or a message. */
class MutatedCellsTest {
  private static final long SEED = 31;
  private static final int TRIALS = 1500;
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]+'?|[0-9.]+|\\S");
  private static final List<String> NAMES =
      List.of("mlstm", "linear_attention", "retention", "simple_gla");

  @Test
  void neitherAnalysisNorLoweringThrows() {
    var random = new SplittableRandom(SEED);
    List<String> words = words(Cells.standard());
    int lowered = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      String name = NAMES.get(trial % NAMES.size());
      String text = mutated(body(name), words, random);
      try {
        lowered += lower(text, name);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", trial " + trial + ":\n" + text, e);
      }
    }
    // Some mutations change a number or swap equal shapes: enough of them must come through.
    assertThat(lowered).isGreaterThan(TRIALS / 20);
  }

  private static int lower(String text, String name) {
    var diagnostics = new Diagnostics();
    Optional<Part> found = Cells.find(text, name + "(heads: 2)", 8, 2, diagnostics);
    if (found.isEmpty()) {
      assertThat(diagnostics.hasErrors()).as(text).isTrue();
      return 0;
    }
    Part part = found.get();
    assertThat(PartPrinter.explain(part)).isNotEmpty();
    var out = new BlockBuilder();
    out.graph().result("y", LowerPart.lower(part, "memory", out.input("x", part.width()), out));
    GraphVerifier.verify(out.build("memory").graph(), "LowerPart");
    assertThat(out.graph().type(out.build("memory").graph().result("y")).columns())
        .isEqualTo(part.width());
    return 1;
  }

  private static String body(String name) {
    String text = Cells.standard();
    int start = text.indexOf("cell " + name + "(");
    return text.substring(start, text.indexOf("\n}", start) + 2);
  }

  private static List<String> words(String text) {
    return WORD.matcher(text.replaceAll("//.*", "")).results().map(MatchResult::group).toList();
  }

  /** One to three words replaced by others of their kind, now and then by none or by any. */
  private static String mutated(String text, List<String> words, SplittableRandom random) {
    List<String> mutated = new ArrayList<>(words(text));
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = 4 + random.nextInt(mutated.size() - 5);
      switch (random.nextInt(60)) {
        case 0 -> mutated.remove(at);
        case 1 -> mutated.add(at, mutated.get(at));
        case 2 -> mutated.set(at, words.get(random.nextInt(words.size())));
        default -> mutated.set(at, another(mutated, at, random));
      }
    }
    return String.join(" ", mutated);
  }

  /** A word of the same kind: name, next state, number or operator; brackets stay. */
  private static String another(List<String> words, int at, SplittableRandom random) {
    int kind = kind(words.get(at));
    if (kind == 4) {
      return words.get(at);
    }
    List<String> same = words.stream().filter(word -> kind(word) == kind).toList();
    return same.get(random.nextInt(same.size()));
  }

  private static int kind(String word) {
    if (Character.isDigit(word.charAt(0))) {
      return 0;
    }
    if (Character.isLetter(word.charAt(0))) {
      return word.endsWith("'") ? 1 : 2;
    }
    return "+-*/.^".contains(word) ? 3 : 4;
  }
}
