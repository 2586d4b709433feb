package dev.swax.runtime.task.text.choice;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Tokenizer;
import dev.swax.runtime.task.ChoiceTask;
import dev.swax.runtime.task.Choices;
import dev.swax.runtime.task.text.Continuation;
import dev.swax.runtime.task.text.Once;
import dev.swax.runtime.task.text.record.JsonLines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A set's records, in the order of their file whatever the seed. */
public final class HubChoices implements ChoiceTask {
  private final ChoiceSet set;
  private final Size size;
  private final Once<JsonLines> file;
  private final Once<List<ChoiceItem>> items;
  private final Tokenizer tokenizer;

  /** What acc_norm divides a continuation's log-likelihood by. */
  public enum Size {
    CHARACTERS,
    BYTES
  }

  /** The file is read, and each of its records checked, when the first is needed. */
  public HubChoices(ChoiceSet set, Size size, Path file, Tokenizer tokenizer) {
    this.set = set;
    this.size = size;
    this.tokenizer = tokenizer;
    this.file = new Once<>(() -> JsonLines.read(file));
    this.items = new Once<>(() -> lines().lines().stream().map(set::read).toList());
  }

  private JsonLines lines() {
    return file.value();
  }

  @Override
  public String describe() {
    return "choices(set: %s, file: \"%s\" (sha256 %s), by: %s)"
        .formatted(set.id(), lines().name(), lines().hash(), size.name().toLowerCase(Locale.ROOT));
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
  public HubChoices atLength(int length) {
    throw new UserError(
        "`choices(set: %s)` has no length: its records are as long as they come"
            .formatted(set.id()),
        null);
  }

  @Override
  public long size() {
    return items.value().size();
  }

  /** Never: published values name acc first; both are measured. */
  @Override
  public boolean normalized() {
    return false;
  }

  @Override
  public Choices choices(long seed, long index) {
    ChoiceItem item = items.value().get(Math.toIntExact(index));
    return new Choices(item.candidates().stream().map(this::option).toList(), item.gold(), "");
  }

  private Choices.Option option(ChoiceItem.Candidate candidate) {
    var tokens = Continuation.encode(tokenizer, candidate.context(), candidate.continuation());
    int length =
        size == Size.BYTES
            ? candidate.option().getBytes(StandardCharsets.UTF_8).length
            : candidate.characters();
    return new Choices.Option(tokens.context(), tokens.continuation(), length);
  }
}
