package dev.swax.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.diagnostic.DiagnosticRenderer;
import dev.swax.compiler.dump.ModelText;
import dev.swax.compiler.dump.Stage;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.checkpoint.CheckpointStore;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.mqar.Mqar;
import dev.swax.runtime.task.text.Prose;
import dev.swax.runtime.task.text.babi.BabiKind;
import dev.swax.runtime.task.text.babi.BabiTask;
import dev.swax.runtime.task.text.needle.NeedleKind;
import dev.swax.runtime.task.text.needle.NeedleOptions;
import dev.swax.runtime.task.text.needle.NeedleTask;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.train.Recompute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user gets does not depend on how his country writes numbers and letters. */
@Isolated("the locale is of the process")
class LocaleTest {
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "tr-TR", "ar", "ar-EG"})
  void whatIsMadeIsTheSame(String locale) {
    assertThat(in(locale, LocaleTest::made)).isEqualTo(in("", LocaleTest::made));
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "tr-TR", "ar"})
  void messagesAreTheSame(String locale) {
    assertThat(in(locale, LocaleTest::messages)).isEqualTo(in("", LocaleTest::messages));
  }

  private static List<String> in(String locale, Supplier<List<String>> text) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      return text.get();
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Tasks and their examples, recipes, names of files, every stage of a model. */
  private static List<String> made() {
    List<String> texts = new ArrayList<>();
    var bytes = ByteTokenizer.BYTES;
    for (NeedleKind kind : NeedleKind.values()) {
      add(texts, new NeedleTask(kind, 1200, NeedleOptions.standard(), new Prose(1), bytes));
    }
    for (BabiKind kind : BabiKind.values()) {
      add(texts, new BabiTask(kind, 2400, BabiTask.Options.standard(), new Prose(1), bytes));
    }
    texts.add(new Mqar(64, 4, 64, 0.01, true, 1, 0).describe());
    texts.add(CheckpointStore.name(1200));
    Path file = Golden.folder("stages").resolve("hybrid.swax");
    var analysis = Stages.analyze(file.resolveSibling("."), file);
    Architecture model = analysis.models().getLast();
    for (Stage stage : Stage.values()) {
      if (stage != Stage.SYNTAX) {
        texts.add(ModelText.of(stage, model, ADAMW, Recompute.MIXERS));
      }
    }
    texts.add(ModelText.ofDevice(model, ADAMW, Recompute.MIXERS, Products.OWN));
    for (TrainPlan plan : analysis.trains()) {
      texts.add(plan.recipe().describe().toString());
    }
    return texts;
  }

  private static void add(List<String> texts, GenerationTask task) {
    texts.add(task.describe());
    texts.add(task.question(1, 2000).text());
  }

  private static List<String> messages() {
    Path folder = Golden.folder("diagnostics");
    return Golden.cases(folder).stream()
        .map(file -> DiagnosticRenderer.render(Stages.diagnose(folder, file)))
        .toList();
  }
}
