package dev.swax.compiler.model;

import dev.swax.compiler.source.Span;
import dev.swax.runtime.data.DocumentBorders;
import dev.swax.runtime.data.TextSource;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.train.TrainingData;

/** A resolved data block. */
public sealed interface DataPlan {
  String name();

  Span span();

  String documentation();

  /** What training does where one document ends and the next begins. */
  DocumentBorders borders();

  /** Between text and tokens. */
  Tokenizer tokenizer();

  /** How many different tokens a model must know. */
  int vocabulary();

  /** Text from files. Their paths start at the folder of the file that {@code span} lies in. */
  record Text(
      String name,
      Span span,
      String documentation,
      TextSource source,
      Tokenizer tokenizer,
      DocumentBorders borders)
      implements DataPlan {
    /** The same text in other tokens. */
    public Text withTokenizer(Tokenizer other) {
      return new Text(name, span, documentation, source, other, borders);
    }

    @Override
    public int vocabulary() {
      return tokenizer.vocabulary();
    }
  }

  /** Examples of a task; each is a sequence of its own. */
  record Examples(String name, Span span, String documentation, TrainingData.Examples examples)
      implements DataPlan {
    @Override
    public DocumentBorders borders() {
      return DocumentBorders.IGNORE;
    }

    @Override
    public Tokenizer tokenizer() {
      return examples.tokenizer();
    }

    @Override
    public int vocabulary() {
      return examples.task().vocabulary();
    }
  }
}
