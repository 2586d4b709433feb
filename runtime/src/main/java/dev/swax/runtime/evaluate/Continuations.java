package dev.swax.runtime.evaluate;

import dev.swax.runtime.program.Program;
import dev.swax.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Continues several prompts side by side: they are read, what they share once, and then all are
 * given one token at a time. What is written after a prompt has the same bits whatever else is, and
 * however much.
 */
final class Continuations {
  /**
   * A prompt, and what should follow it.
   *
   * @param length the most tokens that are written
   * @param choice draws them
   * @param out takes each, and says whether it wants another one
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Wanted(int[] prompt, int length, TokenChoice choice, IntPredicate out) {}

  private final Program program;
  private final int[] windows;
  private final BooleanSupplier stop;
  private final PromptReader reader;
  private final int vocabulary;

  /**
   * @param windows of every window of the model, in the order of {@link Program#windowNames}
   * @param stop asked before each prompt and each token; once true, nothing more is written
   */
  Continuations(Program program, int[] windows, BooleanSupplier stop) {
    this.program = program;
    this.windows = windows.clone();
    this.stop = stop;
    this.reader = new PromptReader(program, windows);
    this.vocabulary = program.vocabulary();
  }

  /** Continues prompts, as many as the program has texts at once; false where it was stopped. */
  boolean run(List<Wanted> all) {
    for (int from = 0; from < all.size(); from += program.texts()) {
      program.resetState();
      if (!runTogether(all.subList(from, Math.min(all.size(), from + program.texts())))) {
        return false;
      }
    }
    program.resetState();
    return true;
  }

  private boolean runTogether(List<Wanted> wanted) {
    List<Text> texts = read(wanted);
    dropFinished(texts);
    while (!texts.isEmpty() && !stop.getAsBoolean()) {
      program.step(texts.stream().mapToInt(text -> text.token).toArray(), windows);
      for (int i = 0; i < texts.size(); i++) {
        texts.get(i).write(program.logits(), (long) i * vocabulary);
      }
      dropFinished(texts);
    }
    return texts.isEmpty() && !stop.getAsBoolean();
  }

  /**
   * Reads the prompts, segment by segment, and writes the first token after each. What several have
   * from the beginning to the end of a segment is read once.
   */
  private List<Text> read(List<Wanted> wanted) {
    List<Text> texts = wanted.stream().map(Text::new).toList();
    int longest = wanted.stream().mapToInt(one -> one.prompt().length).max().orElse(0);
    for (int from = 0; from < longest; from += program.time()) {
      for (int i = 0; i < texts.size() && !stop.getAsBoolean(); i++) {
        Text text = texts.get(i);
        int end = text.end(from, program.time());
        if (end > from && texts.subList(0, i).stream().noneMatch(text.sharing(from, end))) {
          program.select(i);
          reader.read(wanted.get(i).prompt(), from, end - from);
          share(texts, i, from, end);
        }
      }
    }
    return new ArrayList<>(texts);
  }

  /** Lets all texts that share a segment stand where the one does that has read it. */
  private void share(List<Text> texts, int index, int from, int end) {
    Predicate<Text> sharing = texts.get(index).sharing(from, end);
    for (int i = index; i < texts.size(); i++) {
      Text text = texts.get(i);
      if (sharing.test(text)) {
        program.copyText(index, i);
        if (text.wanted.prompt().length == end) {
          text.write(program.logits(), (long) (end - from - 1) * vocabulary);
        }
      }
    }
  }

  /** Lets those that go on be the first texts of the program. */
  private void dropFinished(List<Text> texts) {
    int i = 0;
    while (i < texts.size()) {
      if (!texts.get(i).finished) {
        i++;
        continue;
      }
      int last = texts.size() - 1;
      if (i < last) {
        program.copyText(last, i);
        texts.set(i, texts.get(last));
      }
      texts.remove(last);
    }
  }

  /** One as it grows. */
  private final class Text {
    private final Wanted wanted;
    private int written;
    private int token;
    private boolean finished;

    Text(Wanted wanted) {
      PromptReader.requireTokens(wanted.prompt());
      this.wanted = wanted;
    }

    /** Where the segment of its prompt ends that begins there. */
    int end(int from, int time) {
      return Math.max(from, Math.min(from + time, wanted.prompt().length));
    }

    /** Texts that have the same segment, and the same tokens before it. */
    Predicate<Text> sharing(int from, int end) {
      return other ->
          other.end(from, program.time()) == end
              && Arrays.equals(wanted.prompt(), 0, end, other.wanted.prompt(), 0, end);
    }

    void write(Tensor logits, long from) {
      token = wanted.choice().choose(logits, from);
      written++;
      finished = !wanted.out().test(token) || written == wanted.length();
    }
  }
}
