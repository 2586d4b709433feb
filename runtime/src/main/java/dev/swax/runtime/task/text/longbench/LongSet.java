package dev.swax.runtime.task.text.longbench;

import java.util.Locale;

/** The English and code sets: measure, tokens to generate, and what the model is asked to do. */
public enum LongSet {
  NARRATIVEQA(Measure.QA_F1, 128, "Answer the question about the story in a few words."),
  QASPER(Measure.QA_F1, 128, "Answer the question about the article briefly, or `unanswerable`."),
  MULTIFIELDQA_EN(Measure.QA_F1, 64, "Answer the question about the text in a few words."),
  HOTPOTQA(Measure.QA_F1, 32, "Answer the question from the passages in a few words."),
  TWOWIKIMQA(Measure.QA_F1, 32, "Answer the question from the passages in a few words."),
  MUSIQUE(Measure.QA_F1, 32, "Answer the question from the passages in a few words."),
  GOV_REPORT(Measure.ROUGE_L, 512, "Summarise the report on one page."),
  QMSUM(Measure.ROUGE_L, 512, "Answer the question about the meeting in a few sentences."),
  MULTI_NEWS(Measure.ROUGE_L, 512, "Summarise all of the news on one page."),
  TREC(Measure.CLASSIFICATION, 64, "Name the type of the last question as in the examples."),
  TRIVIAQA(Measure.QA_F1, 32, "Answer the question as in the examples."),
  SAMSUM(Measure.ROUGE_L, 128, "Summarise the last dialogue as in the examples."),
  PASSAGE_COUNT(Measure.COUNT, 32, "Count the different paragraphs. Answer with the number."),
  PASSAGE_RETRIEVAL_EN(
      Measure.RETRIEVAL, 32, "Which paragraph is the abstract of? Answer as `Paragraph 1`."),
  LCC(Measure.CODE, 64, "Complete the code."),
  REPOBENCH_P(Measure.CODE, 64, "Complete the code.");

  private final Measure measure;
  private final int tokens;
  private final String instruction;

  LongSet(Measure measure, int tokens, String instruction) {
    this.measure = measure;
    this.tokens = tokens;
    this.instruction = instruction;
  }

  /** As LongBench names it. */
  public String id() {
    return switch (this) {
      case TWOWIKIMQA -> "2wikimqa";
      case REPOBENCH_P -> "repobench-p";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }

  Measure measure() {
    return measure;
  }

  /** Tokens that a model may write. */
  int tokens() {
    return tokens;
  }

  /** Sets with examples in their prompt, whose answers end with their first line. */
  boolean oneLine() {
    return this == TREC || this == TRIVIAQA || this == SAMSUM;
  }

  /** What training teaches to write. Code goes on where the prompt ends, with its indentation. */
  String answer(String reference) {
    return (measure == Measure.CODE ? "" : " ") + reference + "\n";
  }

  /** The whole prompt. */
  String prompt(String context, String input) {
    if (measure == Measure.CODE) {
      return "%s\n%s%s".formatted(instruction, context, input);
    }
    String question = input.isEmpty() ? "" : "\n\n" + input;
    return "%s\n\n%s%s\nAnswer:".formatted(instruction, context, question);
  }
}
