package dev.swax.compiler.analyze.data;

import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.type.Rational;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.task.text.Background;
import dev.swax.runtime.task.text.FileText;
import dev.swax.runtime.task.text.Prose;
import dev.swax.runtime.task.text.babi.BabiKind;
import dev.swax.runtime.task.text.babi.BabiPrompt;
import dev.swax.runtime.task.text.babi.BabiTask;
import dev.swax.runtime.task.text.choice.ChoiceSet;
import dev.swax.runtime.task.text.choice.HubChoices;
import dev.swax.runtime.task.text.code.CodeSet;
import dev.swax.runtime.task.text.code.Programs;
import dev.swax.runtime.task.text.code.Runner;
import dev.swax.runtime.task.text.exact.AnswerSet;
import dev.swax.runtime.task.text.exact.ExactMatch;
import dev.swax.runtime.task.text.longbench.LongBench;
import dev.swax.runtime.task.text.longbench.LongBench2;
import dev.swax.runtime.task.text.longbench.LongSet;
import dev.swax.runtime.task.text.needle.AllNeedles;
import dev.swax.runtime.task.text.needle.Frame;
import dev.swax.runtime.task.text.needle.NeedleKind;
import dev.swax.runtime.task.text.needle.NeedleOptions;
import dev.swax.runtime.task.text.needle.NeedleTask;
import dev.swax.runtime.task.text.record.RecordFile;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Calls of task functions whose examples are text. Tokens are bytes. */
final class TextTasks {
  private static final Tokenizer TOKENIZER = ByteTokenizer.BYTES;
  private static final int LENGTH = 4096;

  /** BABILong keeps sentences of ten GPT-2 tokens or more, which are about as many characters. */
  private static final int SENTENCE = 40;

  private TextTasks() {}

  static Task task(Value.Built built) {
    return switch (built.constructor()) {
      case NIAH -> needles(built);
      case BABILONG ->
          new BabiTask(
              word(built, "task", BabiKind.values(), BabiKind.QA1),
              Tasks.size(built, "length", LENGTH),
              new BabiTask.Options(
                  word(built, "prompt", BabiPrompt.values(), BabiPrompt.FULL),
                  Fields.number(built, "share").map(Rational::toDouble).orElse(0.125),
                  Tasks.size(built, "room", 16)),
              background(built, SENTENCE),
              TOKENIZER);
      case CHOICES ->
          new HubChoices(
              word(built, "set", ChoiceSet.values(), ChoiceSet.ARC),
              word(built, "by", HubChoices.Size.values(), HubChoices.Size.CHARACTERS),
              file(built),
              TOKENIZER);
      case EXACT_MATCH ->
          new ExactMatch(
              word(built, "set", AnswerSet.values(), AnswerSet.NQ),
              Tasks.size(built, "room", 64),
              file(built),
              TOKENIZER);
      case PROGRAMS -> programs(built);
      case LONGBENCH -> longBench(built);
      default -> throw new AssertionError("no task of text: " + built.constructor());
    };
  }

  private static Task programs(Value.Built built) {
    return new Programs(
        word(built, "set", CodeSet.values(), CodeSet.HUMANEVAL),
        Tasks.size(built, "samples", 10),
        Tasks.size(built, "k", 10),
        Fields.number(built, "temperature").map(Rational::toDouble).orElse(0.8),
        Tasks.size(built, "room", 1024),
        runner(built),
        file(built),
        TOKENIZER);
  }

  private static Runner runner(Value.Built built) {
    Value.Item item = built.arguments().get("runner");
    Path folder = item == null ? Path.of("") : folder(item);
    return new Runner(texts(built, "runner"), Tasks.size(built, "seconds", 60), folder);
  }

  private static Task longBench(Value.Built built) {
    int length = Tasks.size(built, "length", 32 * 1024);
    RecordFile file = file(built);
    Value.Item set = built.arguments().get("set");
    return set != null && set.value().equals(new Value.Word("v2"))
        ? new LongBench2(length, file, TOKENIZER)
        : new LongBench(
            word(built, "set", LongSet.values(), LongSet.QASPER), length, file, TOKENIZER);
  }

  private static List<String> texts(Value.Built built, String argument) {
    Value.Item item = built.arguments().get(argument);
    return item != null && item.value() instanceof Value.Items(List<Value.Item> texts)
        ? texts.stream().map(TextTasks::text).toList()
        : List.of();
  }

  private static Task needles(Value.Built built) {
    int length = Tasks.size(built, "length", LENGTH);
    var options =
        new NeedleOptions(
            Tasks.size(built, "digits", 7),
            word(built, "frame", Frame.values(), Frame.FULL),
            word(built, "start", NeedleOptions.Start.values(), NeedleOptions.Start.BEGINNING),
            word(built, "order", NeedleOptions.Order.values(), NeedleOptions.Order.FIXED),
            Tasks.size(built, "room", 32));
    Background text = background(built, 0);
    Value.Item kind = built.arguments().get("kind");
    return kind == null || kind.value().equals(new Value.Word("all"))
        ? new AllNeedles(length, options, text, TOKENIZER)
        : new NeedleTask(
            word(built, "kind", NeedleKind.values(), NeedleKind.SINGLE_1),
            length,
            options,
            text,
            TOKENIZER);
  }

  private static Background background(Value.Built built, int leastCharacters) {
    Value.Item item = built.arguments().get("text");
    return item == null
        ? new Prose(1)
        : new FileText(folder(item), texts(built, "text"), leastCharacters);
  }

  private static RecordFile file(Value.Built built) {
    Value.Item item = built.arguments().get("file");
    if (item == null) {
      throw new AssertionError("required: file");
    }
    return new RecordFile(text(item), folder(item).resolve(text(item)));
  }

  private static String text(Value.Item item) {
    return item.value() instanceof Value.Text(String text) ? text : "";
  }

  /** Paths start at the folder of the file that names them. */
  private static Path folder(Value.Item item) {
    return Path.of(item.span().file().name()).resolveSibling(".").normalize();
  }

  private static <E extends Enum<E>> E word(
      Value.Built built, String argument, E[] values, E absent) {
    Value.Item item = built.arguments().get(argument);
    if (item == null || !(item.value() instanceof Value.Word(String word))) {
      return absent;
    }
    for (E value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
        return value;
      }
    }
    return absent;
  }
}
