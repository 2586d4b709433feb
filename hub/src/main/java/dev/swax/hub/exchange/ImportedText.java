package dev.swax.hub.exchange;

import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.format.Formatter;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import dev.swax.hub.Blueprint;
import dev.swax.hub.PublishedClass;

/** The swax file of a published folder. */
record ImportedText(
    PublishedClass published,
    String source,
    String name,
    Blueprint blueprint,
    int sequence,
    boolean hasTokenizer) {
  String text() {
    return Formatter.format(Parser.parse(new SourceFile(name + ".swax", raw()), new Diagnostics()));
  }

  private String raw() {
    return """
    // %1$s, from the published folder `%2$s`. Its weights are in the run beside this file:
    // `swax generate run`, `swax eval run --data FILE`. The formulas are those of
    // examples/zoo/%3$s.swax.
    edition 1

    %4$s
    data text {
      files = ["text/**"]
      tokenizer = %7$s
    }

    /// Goes on from the published weights, with text in the folder `text`.
    train more {
      model = %5$s
      data = text
      weights = "run"
      seq = %6$d tok
      batch = 8 * seq
      budget = 1k step
      lr = warmup_cosine(peak: 1e-5, warmup: 5%%)
      sample = "The"
    }
    """
        .formatted(
            published.architecture(),
            source,
            published.zoo(),
            blueprint.declarations(),
            name,
            sequence,
            hasTokenizer ? "hf(\"tokenizer.json\")" : "bytes");
  }
}
