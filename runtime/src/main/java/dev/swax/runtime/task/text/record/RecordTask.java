package dev.swax.runtime.task.text.record;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.text.Once;
import dev.swax.runtime.token.Tokenizer;
import java.util.List;
import java.util.Optional;

/**
 * Questions that are the records of a JSONL file, in its order whatever the seed. The file is read,
 * and each record checked, when the first is needed.
 */
public abstract class RecordTask implements GenerationTask {
  private final RecordFile file;
  private final Tokenizer tokenizer;
  private final Once<List<JsonLine>> records;

  @SuppressWarnings("this-escape") // records are checked when they are first needed
  protected RecordTask(RecordFile file, Tokenizer tokenizer) {
    this.file = file;
    this.tokenizer = tokenizer;
    this.records = new Once<>(this::checked);
  }

  private List<JsonLine> checked() {
    file.lines().forEach(this::question);
    return file.lines();
  }

  /** A record as a question; a {@link UserError} with its line where it is none. */
  protected abstract Question question(JsonLine line);

  /** The same task with other records, or other tokens of them. */
  protected abstract RecordTask with(RecordFile records, Tokenizer tokens);

  /** A question of these parts. */
  protected final Question question(
      String prompt, String answer, List<String> references, String asked) {
    return new Question(prompt, tokenizer.prompt(prompt), answer, references, asked, "");
  }

  protected final RecordFile file() {
    return file;
  }

  @Override
  public final List<String> files() {
    return List.of(file.written());
  }

  @Override
  public final Optional<UserError> obstacle() {
    return records.obstacle();
  }

  @Override
  public final RecordTask part(Purpose purpose) {
    return with(file.part(purpose), tokenizer);
  }

  @Override
  public final RecordTask withTokenizer(Tokenizer other) {
    return with(file, other);
  }

  @Override
  public final Question question(long seed, long index) {
    return question(records.value().get(Math.toIntExact(index)));
  }

  @Override
  public final int vocabulary() {
    return tokenizer.vocabulary();
  }

  @Override
  public int length() {
    return 0;
  }

  @Override
  public GenerationTask atLength(int length) {
    throw new UserError(
        "`%s` has no length: each record has its own length".formatted(describe()), null);
  }

  @Override
  public final long size() {
    return records.value().size();
  }

  /** All. */
  @Override
  public final long examples(long about) {
    return ENDLESS;
  }

  @Override
  public final Tokenizer tokenizer() {
    return tokenizer;
  }
}
