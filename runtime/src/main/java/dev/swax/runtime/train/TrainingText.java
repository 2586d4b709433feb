package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.Notice;
import dev.swax.runtime.data.PackedSequences;
import dev.swax.runtime.data.Packing;
import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.data.TrainingSequences;
import dev.swax.runtime.token.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/** Text from files. */
public record TrainingText(Split split, Packing packing) implements TrainingData {
  /** Joined. */
  public TrainingText(Split split) {
    this(split, Packing.JOINED);
  }

  @Override
  public Sequences sequences(Recipe recipe) {
    Corpus text = split.training();
    return switch (packing) {
      case JOINED ->
          new TrainingSequences(text, recipe.sequence(), recipe.borders(), recipe.seed());
      case WHOLE -> new PackedSequences(text, recipe.sequence(), recipe.borders(), recipe.seed());
    };
  }

  @Override
  public SequencedMap<String, String> hashes() {
    SequencedMap<String, String> hashes = trainingHashes();
    hashes.put(VALIDATION, split.validation().hash());
    return hashes;
  }

  @Override
  public SequencedMap<String, String> trainingHashes() {
    SequencedMap<String, String> hashes = DataHashes.of(split.training().tokenizer());
    hashes.put("data.training", split.training().hash());
    hashes.putAll(DataHashes.of(packing));
    return hashes;
  }

  @Override
  public Optional<UserError> obstacle(int sequence) {
    Optional<UserError> tooShort =
        switch (packing) {
          case JOINED -> TrainingSequences.obstacle(split.training(), sequence);
          case WHOLE -> PackedSequences.obstacle(split.training(), sequence);
        };
    return tooShort.or(this::unpredictable);
  }

  @Override
  public Tokenizer tokenizer() {
    return split.training().tokenizer();
  }

  private Optional<UserError> unpredictable() {
    return longest() > 1
        ? Optional.empty()
        : Optional.of(
            new UserError(
                "no file of the validation text has 2 %s or more, so there is nothing to predict"
                    .formatted(split.validation().tokenizer().unit()),
                "hold out more, or name other files in `validation`"));
  }

  @Override
  public List<Notice> notices() {
    return split.notices();
  }

  @Override
  public String describe() {
    Corpus training = split.training();
    return String.format(
        Locale.ROOT,
        "%,d %s of %,d %s",
        training.tokens(),
        training.tokenizer().unit(),
        training.size(),
        training.size() == 1 ? singular(training.unit()) : training.unit());
  }

  private static String singular(String unit) {
    return unit.substring(0, unit.length() - 1);
  }

  @Override
  public long longest() {
    return split.validation().longest();
  }
}
