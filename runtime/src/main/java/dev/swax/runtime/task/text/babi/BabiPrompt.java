package dev.swax.runtime.task.text.babi;

import java.util.List;

/** What stands around the text. */
public enum BabiPrompt {
  /** BABILong's parts: an instruction, examples, the form of the answer, the text, the question. */
  FULL {
    @Override
    String prompt(BabiKind kind, String text, String question) {
      StringBuilder prompt = new StringBuilder(instruction(kind)).append("\n\n");
      for (Story example : examples(kind)) {
        prompt
            .append("<example>\n")
            .append(String.join(" ", example.facts()))
            .append("\nQuestion: %s\nAnswer: %s.\n".formatted(example.question(), example.answer()))
            .append("</example>\n\n");
      }
      return prompt
          .append("Answer with that one word and nothing else.\n\n")
          .append("<context>\n%s\n</context>\n\nQuestion: %s\nAnswer:".formatted(text, question))
          .toString();
    }
  },
  /** The text and the question, for models whose tokens are bytes. */
  SHORT {
    @Override
    String prompt(BabiKind kind, String text, String question) {
      return "%s\nQuestion: %s\nAnswer:".formatted(text, question);
    }
  };

  abstract String prompt(BabiKind kind, String text, String question);

  private static String instruction(BabiKind kind) {
    String common = "Somewhere in the text below, between sentences that do not matter, ";
    return common
        + switch (kind) {
          case QA1 -> "it is told who went where. Find the place where a person is now.";
          case QA2 ->
              "it is told who went where and who took or dropped what. Find the place where an"
                  + " object is now.";
          case QA3 ->
              "it is told who went where and who took or dropped what. Find the place where an"
                  + " object was before it came to another place.";
          case QA4 -> "it is told how places lie to each other. Find the place that is asked for.";
          case QA5 -> "it is told who gave what to whom. Find the person or the object asked for.";
        };
  }

  private static List<Story> examples(BabiKind kind) {
    return switch (kind) {
      case QA1 ->
          List.of(
              story("Where is Sandra?", "garden", "Sandra went to the garden."),
              story(
                  "Where is John?",
                  "office",
                  "John moved to the hallway.",
                  "John went to the office."));
      case QA2 ->
          List.of(
              story(
                  "Where is the milk?",
                  "kitchen",
                  "Mary took the milk.",
                  "Mary went to the kitchen."),
              story(
                  "Where is the apple?",
                  "hallway",
                  "John journeyed to the hallway.",
                  "John got the apple.",
                  "John dropped the apple.",
                  "John moved to the office."));
      case QA3 ->
          List.of(
              story(
                  "Where was the apple before the garden?",
                  "bedroom",
                  "Daniel grabbed the apple.",
                  "Daniel went to the bedroom.",
                  "Daniel moved to the garden."),
              story(
                  "Where was the milk before the office?",
                  "kitchen",
                  "Mary went to the kitchen.",
                  "Mary took the milk there.",
                  "Mary travelled to the office."));
      case QA4 ->
          List.of(
              story(
                  "What is the hallway north of?",
                  "office",
                  "The garden is north of the hallway.",
                  "The hallway is north of the office."),
              story(
                  "What is west of the bedroom?",
                  "kitchen",
                  "The bedroom is west of the bathroom.",
                  "The kitchen is west of the bedroom."));
      case QA5 ->
          List.of(
              story("Who received the milk?", "Jeff", "Mary handed the milk to Jeff."),
              story(
                  "What did Bill give to Fred?",
                  "apple",
                  "Bill picked up the apple.",
                  "Bill passed the apple to Fred."));
    };
  }

  private static Story story(String question, String answer, String... facts) {
    return new Story(List.of(facts), question, answer);
  }
}
