package dev.swax.compiler.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Layer;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class AnalyzerTest {
  private static final String FAMILY =
      """
      model lm(width = 64, blocks = 4, window: Window = 16) {
        let local = swa(window: window, heads: 4)
        let full = attention(heads: 4)
        vocab = 256
        ffn = swiglu(hidden: round_up(8/3 * width, 64))
      }
      """;

  private static Analyzed family(String text) {
    return Analyzed.of(FAMILY + text);
  }

  private static List<String> mixers(Architecture architecture) {
    return architecture.layers().stream().map(Layer::name).toList();
  }

  @Test
  void aPatternUsesTheFinalNumberOfBlocks() {
    Analyzed analyzed =
        family(
            """
            model tile = lm with { layers = blocks / 2 * [local, full] }
            model deep = tile with { blocks = 6 }
            """);
    assertThat(mixers(analyzed.model("deep")))
        .containsExactly("local", "full", "local", "full", "local", "full");
  }

  @Test
  void aBaseWithoutLayersIsNoModel() {
    Analyzed analyzed = family("");
    assertThat(analyzed.messages()).isEmpty();
    assertThat(analyzed.analysis().models()).isEmpty();
  }

  @Test
  void theNewDefinitionOfANameUsesThePreviousOne() {
    Analyzed analyzed =
        family(
            """
            model once = lm with { layers = blocks * [local] }
            model twice = once with { blocks = 2 * blocks, window = 8 }
            """);
    assertThat(analyzed.model("twice").layers()).hasSize(8);
    assertThat(analyzed.model("twice").windows().getFirst().schedule())
        .isEqualTo(new WindowSchedule.Constant(8));
  }

  @Test
  void parametersOfAVariantAreSeenByItsOverrides() {
    Analyzed analyzed =
        family(
            """
            model sized(width, layer_count = 2) = lm with {
              width = width
              blocks = layer_count
              layers = blocks * [local]
            }
            model small = sized(32)
            model deep = sized(32, layer_count: 3)
            """);
    assertThat(analyzed.messages()).isEmpty();
    assertThat(analyzed.model("small").width()).isEqualTo(32);
    assertThat(analyzed.model("deep").layers()).hasSize(3);
  }

  @Test
  void equalWindowsAreOneVariable() {
    Analyzed analyzed =
        family(
            """
            window coin(p) = sample per batch { 8: p, 16: rest }
            model a = lm(window: coin(0.5)) with {
              layers = [local, swa(window: coin(50%), heads: 4), swa(window: 8, heads: 4), full]
            }
            """);
    Architecture model = analyzed.model("a");
    assertThat(model.windows()).hasSize(2);
    assertThat(model.layers()).extracting(AnalyzerTest::window).containsExactly(0, 0, 1, -1);
  }

  @Test
  void settingsComeAfterEverythingElse() {
    Analyzed analyzed =
        Analyzed.of(
            FAMILY
                + """
                let size = 3
                model a = lm with { blocks = size, layers = blocks * [local] }
                train t {
                  model = a  seq = 64 tok  batch = 4 * seq  budget = 1M tok
                  lr = warmup_cosine(peak: 1e-3, warmup: 1%)
                }
                """,
            Analyzed.settings("size = 5", "model.width = 32", "train.lr.peak = 2e-3"),
            new LinkedHashMap<>());
    assertThat(analyzed.messages()).isEmpty();
    assertThat(analyzed.model("a").layers()).hasSize(5);
    assertThat(analyzed.model("a").width()).isEqualTo(32);
    assertThat(analyzed.analysis().trains().getFirst().recipe().rate().describe())
        .isEqualTo("warmup_cosine(peak: 2e-3, min: 0, warmup: 39 step)");
  }

  @Test
  void aLongRowOfImportsIsOneMessage() {
    SequencedMap<String, String> files = new LinkedHashMap<>();
    for (int file = 1; file < 3000; file++) {
      files.put("f" + file, "import \"f%d\"".formatted(file + 1));
    }
    assertThat(Analyzed.of("import \"f1\"", Options.none(), files).messages())
        .containsExactly("SWX3007 1:8 more than 100 files import each other in a row");
  }

  @Test
  void insideItsDeclarationANameMeansTheImportedOne() {
    SequencedMap<String, String> files = new LinkedHashMap<>();
    files.put("family", FAMILY + "let size = 3 model a = lm with { layers = blocks * [local] }");
    String file =
        """
        import "family"
        let size = size + 2
        model a = a with { blocks = size }
        model lm = lm with { width = 32, layers = blocks * [local] }
        """;
    Analyzed analyzed = Analyzed.of(file, Options.none(), files);
    assertThat(analyzed.messages()).isEmpty();
    assertThat(analyzed.model("a").layers()).hasSize(5);
    assertThat(analyzed.model("lm").width()).isEqualTo(32);
  }

  private static int window(Layer layer) {
    return layer.parts().stream()
        .flatMap(part -> part.attentions().stream())
        .findFirst()
        .orElseThrow()
        .window();
  }
}
