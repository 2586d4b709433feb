package dev.swax.runtime.task.text.choice;

import dev.swax.runtime.UserError;
import dev.swax.runtime.task.text.record.JsonLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The sets and how each one's records are read and framed. */
public enum ChoiceSet {
  /** ARC-Easy and ARC-Challenge, in the hub's layout or the original file's. */
  ARC {
    @Override
    ChoiceItem item(JsonLine line) {
      boolean original = line.node().path("question").isObject();
      JsonLine question = original ? line.object("question") : line;
      List<String> texts = new ArrayList<>();
      List<String> labels = new ArrayList<>();
      if (original) {
        for (JsonLine choice : question.objects("choices")) {
          texts.add(choice.text("text"));
          labels.add(choice.text("label"));
        }
      } else {
        texts = line.object("choices").texts("text");
        labels = line.object("choices").texts("label");
        if (texts.size() != labels.size()) {
          throw line.wrong(
              "choices", "has %d texts and %d labels".formatted(texts.size(), labels.size()), null);
        }
      }
      int gold = among(labels, line, "answerKey");
      return ChoiceItem.of(asked(question.text(original ? "stem" : "question")), texts, gold);
    }
  },
  /** HellaSwag. */
  HELLASWAG {
    @Override
    ChoiceItem item(JsonLine line) {
      String second = line.text("ctx_b");
      String context =
          "%s: %s %s"
              .formatted(line.text("activity_label"), line.text("ctx_a"), capitalized(second));
      List<String> endings = line.texts("endings").stream().map(ChoiceSet::cleaned).toList();
      return ChoiceItem.of(cleaned(context), endings, index(line, "label", 0, endings.size()));
    }
  },
  /** PIQA, with the label in the record. */
  PIQA {
    @Override
    ChoiceItem item(JsonLine line) {
      List<String> solutions = List.of(line.text("sol1"), line.text("sol2"));
      return ChoiceItem.of(asked(line.text("goal")), solutions, index(line, "label", 0, 2));
    }
  },
  /** Social IQa. */
  SIQA {
    @Override
    ChoiceItem item(JsonLine line) {
      List<String> answers =
          List.of(line.text("answerA"), line.text("answerB"), line.text("answerC"));
      String context = "Q: %s %s\nA:".formatted(line.text("context"), line.text("question"));
      return ChoiceItem.of(context, answers, index(line, "label", 1, 3));
    }
  },
  /** WinoGrande: the context ends with the option, the rest of the sentence is scored. */
  WINOGRANDE {
    @Override
    ChoiceItem item(JsonLine line) {
      String sentence = line.text("sentence");
      int blank = sentence.indexOf('_');
      if (blank < 0 || sentence.indexOf('_', blank + 1) >= 0) {
        throw line.wrong("sentence", "has no blank `_`, or more than one", null);
      }
      String before = sentence.substring(0, blank);
      String after = " " + sentence.substring(blank + 1).strip();
      if (after.isBlank()) {
        throw line.wrong("sentence", "ends with its blank `_`, so nothing is left to score", null);
      }
      List<ChoiceItem.Candidate> candidates =
          List.of(
              new ChoiceItem.Candidate(before + line.text("option1"), after),
              new ChoiceItem.Candidate(before + line.text("option2"), after));
      return new ChoiceItem(candidates, index(line, "answer", 1, 2));
    }
  },
  /** RACE, one question a record. */
  RACE {
    @Override
    ChoiceItem item(JsonLine line) {
      List<String> options = line.texts("options");
      String context =
          "Article: %s\n\nQuestion: %s\nAnswer:"
              .formatted(line.text("article").strip(), line.text("question").strip());
      List<String> letters = List.of("A", "B", "C", "D").subList(0, Math.min(4, options.size()));
      return ChoiceItem.of(context, options, among(letters, line, "answer"));
    }
  };

  private static final Pattern BRACKETED = Pattern.compile("\\[.*?]");

  /** As a user writes it: {@code arc}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A record's options, of which there are two or more and none is empty. */
  public ChoiceItem read(JsonLine line) {
    ChoiceItem item = item(line);
    if (item.candidates().size() < 2) {
      throw new UserError(
          "%s has %s, but a choice needs two"
              .formatted(line.place(), item.candidates().isEmpty() ? "no option" : "one option"),
          null);
    }
    for (ChoiceItem.Candidate candidate : item.candidates()) {
      if (candidate.option().isEmpty()) {
        throw new UserError("%s has an empty option".formatted(line.place()), null);
      }
    }
    return item;
  }

  abstract ChoiceItem item(JsonLine line);

  private static String asked(String question) {
    return "Question: %s\nAnswer:".formatted(question);
  }

  /** The place of a field's text among labels. */
  private static int among(List<String> labels, JsonLine line, String field) {
    int index = labels.indexOf(line.text(field));
    if (index != labels.lastIndexOf(line.text(field))) {
      throw line.wrong(field, "is \"%s\", the label of two".formatted(line.text(field)), null);
    }
    if (index < 0) {
      throw line.wrong(
          field,
          "is \"%s\", but the labels are %s".formatted(line.text(field), String.join(", ", labels)),
          null);
    }
    return index;
  }

  /** A field that counts options from {@code first}. */
  private static int index(JsonLine line, String field, int first, int count) {
    int value = line.integer(field);
    if (value < first || value >= first + count) {
      throw line.wrong(
          field,
          "is %d, but the options are %d to %d".formatted(value, first, first + count - 1),
          null);
    }
    return value - first;
  }

  /** HellaSwag's marks of WikiHow removed. */
  private static String cleaned(String text) {
    String plain = text.strip().replace(" [title]", ". ");
    return BRACKETED.matcher(plain).replaceAll("").replace("  ", " ");
  }

  private static String capitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }
}
