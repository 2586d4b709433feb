package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Notice;
import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.token.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What a training reads, and what it is validated on. */
public sealed interface TrainingData permits TrainingText, TrainingExamples, TrainingMixture {
  /** The name of the hash of validation text, which does not decide the weights. */
  String VALIDATION = "data.validation";

  /** The name of the hash of the tokenizer; bytes have none. */
  String TOKENIZER = "data.tokenizer";

  /** The sequences of a run, from the first. */
  Sequences sequences(Recipe recipe);

  /** SHA-256 in hexadecimal of all that decides the sequences and the validation, by name. */
  SequencedMap<String, String> hashes();

  /** Between text and what the model reads. */
  Tokenizer tokenizer();

  /** Those of {@link #hashes} that decide the trained weights. */
  SequencedMap<String, String> trainingHashes();

  /** Why a run with sequences of so many tokens cannot be; empty where it can. */
  default Optional<UserError> obstacle(int sequence) {
    return Optional.empty();
  }

  /** In words, for the first line of a run. */
  String describe();

  /** What should be known of it before it is used. */
  default List<Notice> notices() {
    return List.of();
  }

  /** The most tokens that validation reads in a row. */
  long longest();
}
