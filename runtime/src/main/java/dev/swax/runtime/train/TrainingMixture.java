package dev.swax.runtime.train;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.MixedSequences;
import dev.swax.runtime.data.Notice;
import dev.swax.runtime.data.Sequences;
import dev.swax.runtime.schedule.Share;
import dev.swax.runtime.token.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Several of them by shares, each with a position of its own. */
public record TrainingMixture(List<Part> parts) implements TrainingData {
  /** One source. */
  public record Part(String name, TrainingData data, Share share) {}

  public TrainingMixture {
    parts = List.copyOf(parts);
  }

  @Override
  public Sequences sequences(Recipe recipe) {
    Pace pace = Pace.of(recipe);
    return new MixedSequences(
        parts.stream().map(Part::name).toList(),
        parts.stream().map(part -> part.data().sequences(recipe)).toList(),
        (source, n) -> parts.get(source).share().at(pace.step(n), pace.steps()),
        recipe.sequence());
  }

  @Override
  public SequencedMap<String, String> hashes() {
    return hashes(TrainingData::hashes);
  }

  @Override
  public SequencedMap<String, String> trainingHashes() {
    return hashes(TrainingData::trainingHashes);
  }

  private SequencedMap<String, String> hashes(
      Function<TrainingData, SequencedMap<String, String>> ofPart) {
    SequencedMap<String, String> hashes = DataHashes.of(tokenizer());
    String shares =
        parts.stream()
            .map(part -> part.name() + " " + part.share().describe())
            .collect(Collectors.joining(", "));
    hashes.put("data.mix", RunFiles.hash(shares));
    for (Part part : parts) {
      ofPart.apply(part.data()).forEach((key, hash) -> hashes.put(part.name() + "." + key, hash));
    }
    return hashes;
  }

  /** That of the first text, or that of all tasks. */
  @Override
  public Tokenizer tokenizer() {
    return parts.stream()
        .map(Part::data)
        .filter(TrainingText.class::isInstance)
        .findFirst()
        .orElse(parts.getFirst().data())
        .tokenizer();
  }

  @Override
  public Optional<UserError> obstacle(int sequence) {
    return parts.stream().flatMap(part -> part.data().obstacle(sequence).stream()).findFirst();
  }

  @Override
  public List<Notice> notices() {
    return parts.stream().flatMap(part -> part.data().notices().stream()).toList();
  }

  @Override
  public String describe() {
    return parts.stream()
        .map(part ->
            "%s of %s (%s)".formatted(part.share().describe(), part.name(), part.data().describe()))
        .collect(Collectors.joining(", "));
  }

  @Override
  public long longest() {
    return parts.stream().mapToLong(part -> part.data().longest()).max().orElse(0);
  }
}
