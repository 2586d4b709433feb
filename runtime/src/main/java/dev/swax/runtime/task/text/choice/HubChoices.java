package dev.swax.runtime.task.text.choice;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.ChoiceTask;
import dev.swax.runtime.task.Choices;
import dev.swax.runtime.task.Purpose;
import dev.swax.runtime.task.text.Continuation;
import dev.swax.runtime.task.text.Once;
import dev.swax.runtime.task.text.record.RecordFile;
import dev.swax.runtime.token.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A set's records, in the order of their file whatever the seed. */
public final class HubChoices implements ChoiceTask {
  private final ChoiceSet set;
  private final Size size;
  private final RecordFile file;
  private final Once<List<ChoiceItem>> items;
  private final Tokenizer tokenizer;

  /** What acc_norm divides a continuation's log-likelihood by. */
  public enum Size {
    CHARACTERS,
    BYTES
  }

  /** The file is read, and each of its records checked, when the first is needed. */
  public HubChoices(ChoiceSet set, Size size, RecordFile file, Tokenizer tokenizer) {
    this.set = set;
    this.size = size;
    this.tokenizer = tokenizer;
    this.file = file;
    this.items = new Once<>(() -> file.lines().stream().map(set::read).toList());
  }

  @Override
  public String describe() {
    return "choices(set: %s, file: %s, by: %s)"
        .formatted(set.id(), file.describe(), size.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public List<String> files() {
    return List.of(file.written());
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
        "`choices(set: %s)` has no length: each record has its own length".formatted(set.id()),
        null);
  }

  @Override
  public long size() {
    return items.value().size();
  }

  /** All. */
  @Override
  public long examples(long about) {
    return ENDLESS;
  }

  @Override
  public Optional<UserError> obstacle() {
    return items.obstacle();
  }

  @Override
  public HubChoices part(Purpose purpose) {
    return new HubChoices(set, size, file.part(purpose), tokenizer);
  }

  @Override
  public HubChoices withTokenizer(Tokenizer other) {
    return new HubChoices(set, size, file, other);
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
