package dev.swax.tests;

import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.text.Prose;
import dev.swax.runtime.task.text.babi.BabiKind;
import dev.swax.runtime.task.text.babi.BabiTask;
import dev.swax.runtime.task.text.needle.NeedleKind;
import dev.swax.runtime.task.text.needle.NeedleOptions;
import dev.swax.runtime.task.text.needle.NeedleTask;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first question of each task that is made, at a small length. */
class TaskGoldenTest {
  private static final Prose PROSE = new Prose(1);
  private static final Tokenizer BYTES = ByteTokenizer.BYTES;

  @ParameterizedTest
  @EnumSource(NeedleKind.class)
  void needles(NeedleKind kind) {
    check("niah_" + kind.id(), new NeedleTask(kind, 1200, NeedleOptions.standard(), PROSE, BYTES));
  }

  @ParameterizedTest
  @EnumSource(BabiKind.class)
  void facts(BabiKind kind) {
    check(
        "babilong_" + kind.id(),
        new BabiTask(kind, 2400, BabiTask.Options.standard(), PROSE, BYTES));
  }

  private static void check(String name, GenerationTask task) {
    Question question = task.question(1, 0);
    String text =
        """
        %s
        tokens: %d, for the answer: %d
        asked: %s
        group: %s
        references: %s
        answer: "%s"
        --- prompt
        %s
        """
            .formatted(
                task.describe(),
                question.tokens().length,
                task.decoding().tokens(),
                question.asked(),
                question.group(),
                question.references(),
                question.answer(),
                question.text())
            .replace("group: \n", "group: none\n");
    Golden.check(Golden.folder("tasks").resolve(name + ".txt"), text);
  }
}
