package dev.swax.compiler.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is set has an effect or is reported, and nothing that has one is reported. */
class SettingUseTest {
  private static final String MODEL =
      """
      model m(width = 64) {
        vocab = 256
        ffn = swiglu(hidden: 2 * width)
        layers = 2 * [swa(window: 16, heads: 4)]
      }
      """;
  private static final String TRAIN =
      """
      train t {
        let unused = 3
        model = %s
        seq = 64 tok   batch = 256 tok   budget = 1M tok   lr = constant(1e-3)
      }
      """;
  private static final String OVERRIDDEN = MODEL + TRAIN.formatted("m(width: 32)");

  @Test
  void whatEveryUseGivesItselfIsNotTrained() {
    Analyzed analyzed = analyzed(OVERRIDDEN, "m.width = 128");
    assertThat(told(analyzed)).isEmpty();
    assertThat(analyzed.model("m").width()).as("the model as it is declared").isEqualTo(128);
    assertThat(analyzed.analysis().untrained())
        .extracting(Diagnostic::message, Diagnostic::help)
        .containsExactly(
            tuple(
                "`m.width` is set, but no train block, no grid and no `expect` uses it",
                "`model.width=128` sets it in every model, even where a call gives another value"));
  }

  @Test
  void whatEveryUseGivesItselfIsWarnedOfInAProfile() {
    String profile = OVERRIDDEN + "profile p { m.width = 128 }";
    Analyzed analyzed = Analyzed.of(profile, new Options("p", List.of()), new LinkedHashMap<>());
    assertThat(told(analyzed)).as("looking at the model").isEmpty();
    assertThat(analyzed.analysis().untrained())
        .extracting(Diagnostic::code, Diagnostic::message)
        .containsExactly(
            tuple(
                Code.PROFILE_SETTING_UNUSED,
                "`m.width` is set, but no train block, no grid and no `expect` uses it"));
    Analyzed other =
        Analyzed.of(
            OVERRIDDEN + "profile p { train.seed = 2 t.seed = 3 model.width = 16 m.vocab = 300 }",
            new Options("p", List.of()),
            new LinkedHashMap<>());
    assertThat(told(other)).isEmpty();
    assertThat(other.analysis().untrained()).isEmpty();
  }

  @Test
  void oneThatNamesABlockHoldsBeforeOneForAll() {
    assertThat(seed(null, "t.seed = 5", "train.t.seed = 6")).isEqualTo(6);
    assertThat(seed(null, "train.seed = 6", "t.seed = 5")).isEqualTo(5);
    Analyzed analyzed = analyzed(OVERRIDDEN, "train.t.seed = 5", "train.seed = 6");
    assertThat(told(analyzed))
        .containsExactly("SWX2011 2:1 `train.seed` is set, but nothing uses it");
    assertThat(analyzed.diagnostics().all().getFirst().notes())
        .extracting(Diagnostic.Note::message, note -> note.span().text())
        .containsExactly(tuple("`t.seed` is used instead", "train.t.seed = 5"));
    String second = OVERRIDDEN + TRAIN.formatted("m").replace("train t", "train u");
    assertTaken(second, "t.seed = 5", "train.seed = 6");
  }

  @Test
  void theCommandLineHoldsBeforeTheProfile() {
    assertThat(seed("t.seed = 5", "train.seed = 6")).isEqualTo(6);
    assertThat(seed("train.seed = 5", "t.seed = 6")).isEqualTo(6);
    assertThat(seed("t.seed = 5 train.seed = 4")).isEqualTo(5);
  }

  /** The seed of `t` with the settings of a profile and those typed; nothing is reported. */
  private static long seed(@Nullable String profile, String... typed) {
    Analyzed analyzed =
        Analyzed.of(
            OVERRIDDEN + "profile p { %s }".formatted(profile == null ? "" : profile),
            new Options("p", Analyzed.settings(typed).settings()),
            new LinkedHashMap<>());
    assertThat(told(analyzed)).isEmpty();
    return analyzed.analysis().trains().getFirst().recipe().seed();
  }

  @Test
  void aModelThatNothingTrainsMayBeLookedAt() {
    assertTaken(MODEL, "m.width = 128");
    assertTaken(MODEL + "let size = 3 model n = m(width: 16 * size)", "size = 4");
  }

  @Test
  void whatNothingTakesIsAnError() {
    String imported = "import \"model\"\n" + TRAIN.formatted("m(width: 32)");
    assertThat(told(analyzed(imported, "m.width = 128")))
        .containsExactly(
            "SWX2011 1:15 `m.width` is set, but nothing uses it"
                + " / `model.width=128` sets it in every model, even where a call gives another value");
    assertThat(told(analyzed(OVERRIDDEN + "let size = 1", "size = 2")))
        .containsExactly("SWX2011 1:15 `size` is set, but nothing uses it");
    assertThat(told(analyzed(OVERRIDDEN, "t.unused = 2")))
        .containsExactly("SWX2011 1:15 `t.unused` is set, but nothing uses it");
    assertThat(told(analyzed(OVERRIDDEN, "train.t.unused = 2", "train.seed = 3")))
        .containsExactly("SWX2011 1:15 `t.unused` is set, but nothing uses it");
  }

  @Test
  void whatIsTakenIsNotReported() {
    assertTaken(OVERRIDDEN, "model.width = 128", "model.m.vocab = 512", "t.seq = 32 tok");
    assertTaken(OVERRIDDEN, "model.ffn.hidden = 96", "train.lr.rate = 1e-4", "train.seed = 2");
    assertTaken(
        OVERRIDDEN + "" + TRAIN.formatted("m").replace("train t", "train u"),
        "t.seed = 5",
        "train.seed = 3");
    assertTaken(MODEL + TRAIN.formatted("m"), "m.width = 128");
    assertTaken(MODEL + TRAIN.formatted("m with { width = 2 * width }"), "m.width = 32");
    assertTaken(OVERRIDDEN + "expect parameters(m) > 0", "m.width = 128");
    assertTaken(
        OVERRIDDEN + "grid g { using t column \"m\" = m row parameters = parameters }",
        "m.width = 128");
    assertTaken(
        """
        import "model"
        model n(inner = 16) = m(width: 2 * inner)
        """
            + TRAIN.formatted("n"),
        "n.inner = 32",
        "n.vocab = 300");
  }

  /** The value of `half` is kept from the first use on; what it rests on counts for each. */
  @Test
  void valuesThatAreKeptCountForEveryUse() {
    String lets = "let size = 64 let half = size / 2 model n = m(width: half)\n";
    assertTaken(lets + MODEL + TRAIN.formatted("m(width: half)"), "size = 128");
    assertTaken(lets + MODEL + TRAIN.formatted("n"), "size = 128");
    assertTaken("import \"model\"\n" + lets + TRAIN.formatted("n"), "size = 128");
  }

  @Test
  void whatALaterSettingDecidesIsNotReported() {
    assertTaken(OVERRIDDEN, "m.width = 128", "model.width = 16");
    assertTaken(OVERRIDDEN, "train.seq = 128 tok", "t.seq = 32 tok");
    assertTaken(OVERRIDDEN, "train.seed = 2", "train.seed = 3");
    assertTaken(OVERRIDDEN, "train.lr.rate = 2", "train.lr = constant(1e-4)");
    assertTaken(
        MODEL + "let size = 8\n" + TRAIN.formatted("m(width: size)"), "size = 16", "size = 32");
  }

  @Test
  void aWordThatNothingHasIsAKeyOfEveryModel() {
    Analyzed analyzed = analyzed(OVERRIDDEN, "width = 128");
    assertThat(told(analyzed)).isEmpty();
    assertThat(analyzed.model("m").width()).isEqualTo(128);
    assertTaken(OVERRIDDEN, "m.width = 16", "width = 128");
    String let = "let width = 4 model n = m(width: 16 * width)";
    assertThat(analyzed(MODEL + let, "width = 2").model("n").width()).isEqualTo(32);
    assertThat(told(analyzed(OVERRIDDEN, "widht = 128")))
        .containsExactly("SWX2001 1:15 nothing here is called `widht` / did you mean `width`?");
  }

  /** As `memory=gla` does with the cells that only the library's models import. */
  @Test
  void aValueSeesTheNamesOfTheFileThatItChanges() {
    SequencedMap<String, String> files = new LinkedHashMap<>();
    files.put("sizes", "let narrow = 16 let wide = 128");
    files.put("model", "import \"sizes\"\n" + MODEL.replace("width = 64", "width = narrow"));
    String file = "import \"model\"\nmodel n = m\n";
    Analyzed wide = Analyzed.of(file, Analyzed.settings("width = wide"), files);
    assertThat(told(wide)).isEmpty();
    assertThat(wide.model("n").width()).isEqualTo(128);
    Analyzed own = Analyzed.of(file + "let wide = 32", Analyzed.settings("width = wide"), files);
    assertThat(own.model("n").width()).isEqualTo(32);
    assertThat(told(Analyzed.of(file, Analyzed.settings("width = wdie"), files)))
        .containsExactly("SWX2001 1:23 nothing here is called `wdie` / did you mean `wide`?");
  }

  @Test
  void faultsComeFirst() {
    assertThat(told(analyzed(OVERRIDDEN + "let size = x", "size = 2", "m.width = 128")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("SWX2011");
    assertThat(told(analyzed(OVERRIDDEN + "let broken = broke let size = 1", "size = 2")))
        .containsExactly("SWX2001 11:14 nothing here is called `broke` / did you mean `broken`?");
  }

  private static void assertTaken(String text, String... settings) {
    Analyzed analyzed = analyzed(text, settings);
    assertThat(told(analyzed)).as(text).isEmpty();
    assertThat(analyzed.analysis().untrained()).as(text).isEmpty();
  }

  private static Analyzed analyzed(String text, String... settings) {
    SequencedMap<String, String> files = new LinkedHashMap<>();
    files.put("model", MODEL);
    return Analyzed.of(text, Analyzed.settings(settings), files);
  }

  /** What is said of settings; lets that nothing uses are there so that they can be set. */
  private static List<String> told(Analyzed analyzed) {
    return analyzed.messages().stream().filter(m -> !m.startsWith("SWX2040")).toList();
  }
}
