package dev.swax.compiler.model;

import dev.swax.compiler.source.Span;
import dev.swax.runtime.data.DocumentBorders;
import dev.swax.runtime.data.Packing;
import dev.swax.runtime.data.TextSource;
import dev.swax.runtime.schedule.Share;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.train.TrainingExamples;
import java.util.List;

/** A resolved data block. */
public sealed interface DataPlan {
  String name();

  Span span();

  String documentation();

  /** What training does where one document ends and the next begins. */
  DocumentBorders borders();

  /** Whether sequences hold whole documents or examples, as many as fit; of a mixture, any. */
  boolean isWhole();

  /** Between text and tokens. */
  Tokenizer tokenizer();

  /** What it is mixed of; itself alone where it is no mixture. */
  default List<DataPlan> parts() {
    return List.of(this);
  }

  /** How many different tokens a model must know. */
  int vocabulary();

  /** Text from files. Their paths start at the folder of the file that {@code span} lies in. */
  record Text(
      String name,
      Span span,
      String documentation,
      TextSource source,
      Tokenizer tokenizer,
      DocumentBorders borders,
      Packing packing)
      implements DataPlan {
    /** The same text in other tokens. */
    public Text withTokenizer(Tokenizer other) {
      return new Text(name, span, documentation, source, other, borders, packing);
    }

    @Override
    public boolean isWhole() {
      return packing == Packing.WHOLE;
    }

    @Override
    public int vocabulary() {
      return tokenizer.vocabulary();
    }
  }

  /** Examples of a task. */
  record Examples(String name, Span span, String documentation, TrainingExamples examples)
      implements DataPlan {
    /** Examples never know of each other. */
    @Override
    public DocumentBorders borders() {
      return isWhole() ? DocumentBorders.RESET : DocumentBorders.IGNORE;
    }

    @Override
    public boolean isWhole() {
      return examples.packing() == Packing.WHOLE;
    }

    @Override
    public Tokenizer tokenizer() {
      return examples.tokenizer();
    }

    @Override
    public int vocabulary() {
      return examples.tasks().stream().mapToInt(Task::vocabulary).max().orElse(0);
    }
  }

  /** Several blocks by shares. */
  record Mixture(String name, Span span, String documentation, List<Part> mixed)
      implements DataPlan {
    /** One source. */
    public record Part(DataPlan data, Share share) {}

    public Mixture {
      mixed = List.copyOf(mixed);
    }

    @Override
    public List<DataPlan> parts() {
      return mixed.stream().map(Part::data).toList();
    }

    @Override
    public boolean isWhole() {
      return parts().stream().anyMatch(DataPlan::isWhole);
    }

    /** That of its texts, which have the same. */
    @Override
    public DocumentBorders borders() {
      return text().borders();
    }

    @Override
    public Tokenizer tokenizer() {
      return text().tokenizer();
    }

    private DataPlan text() {
      return parts().stream().filter(Text.class::isInstance).findFirst().orElse(parts().getFirst());
    }

    @Override
    public int vocabulary() {
      return parts().stream().mapToInt(DataPlan::vocabulary).max().orElse(0);
    }
  }
}
