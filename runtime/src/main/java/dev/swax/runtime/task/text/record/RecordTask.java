package dev.swax.runtime.task.text.record;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Tokenizer;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.Question;
import dev.swax.runtime.task.text.Once;
import java.nio.file.Path;
import java.util.List;

/**
 * Questions that are the records of a JSONL file, in its order whatever the seed. The file is read
 * when the first is needed.
 */
public abstract class RecordTask implements GenerationTask {
  private final Once<JsonLines> file;
  private final Tokenizer tokenizer;

  protected RecordTask(Path file, Tokenizer tokenizer) {
    this.file = new Once<>(() -> JsonLines.read(file));
    this.tokenizer = tokenizer;
  }

  /** A record as a question. */
  protected abstract Question question(JsonLine line);

  /** A question of these parts. */
  protected final Question question(
      String prompt, String answer, List<String> references, String asked) {
    return new Question(prompt, tokenizer.encode(prompt), answer, references, asked, "");
  }

  /** The file by name and hash. */
  protected final String describeFile() {
    return "\"%s\" (sha256 %s)".formatted(file.value().name(), file.value().hash());
  }

  @Override
  public Question question(long seed, long index) {
    return question(file.value().lines().get(Math.toIntExact(index)));
  }

  @Override
  public int vocabulary() {
    return tokenizer.vocabulary();
  }

  @Override
  public int length() {
    return 0;
  }

  @Override
  public GenerationTask atLength(int length) {
    throw new UserError(
        "`%s` has no length: its records are as long as they come".formatted(describe()), null);
  }

  @Override
  public long size() {
    return file.value().lines().size();
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }
}
