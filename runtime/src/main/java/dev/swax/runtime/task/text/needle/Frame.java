package dev.swax.runtime.task.text.needle;

import java.util.List;

/**
 * The sentences around and of the needles. With one answer the frame is singular; the needle is
 * not.
 */
public enum Frame {
  /** RULER's parts: an instruction, the haystack, a question, and the beginning of its answer. */
  FULL {
    @Override
    String needle(Symbol value, String key, String text) {
      return "One of the special magic %s for %s is: %s.".formatted(value.plural(), key, text);
    }

    @Override
    String prompt(NeedleKind kind, List<String> queries, String haystack) {
      String keys = join(queries);
      return kind.answers() == 1
          ? single(kind.value().singular(), keys, haystack)
          : several(kind.value().plural(), keys, haystack);
    }

    private String several(String values, String keys, String haystack) {
      return ("Some special magic %1$s are hidden in the text below. Memorise them: the %1$s will be"
              + " asked for.\n%3$s\nWhat are all the special magic %1$s for %2$s mentioned in the"
              + " provided text? The special magic %1$s for %2$s mentioned in the provided text are")
          .formatted(values, keys, haystack);
    }

    private String single(String value, String key, String haystack) {
      return ("A special magic %1$s is hidden in the text below. Memorise it: the %1$s will be asked"
              + " for.\n%3$s\nWhat is the special magic %1$s for %2$s mentioned in the provided text?"
              + " The special magic %1$s for %2$s mentioned in the provided text is")
          .formatted(value, key, haystack);
    }
  },
  /** The fewest words, for models whose tokens are bytes: no instruction and no question. */
  SHORT {
    @Override
    String needle(Symbol value, String key, String text) {
      return "The magic %s of %s: %s.".formatted(value.plural(), key, text);
    }

    @Override
    String prompt(NeedleKind kind, List<String> queries, String haystack) {
      String type = kind.answers() == 1 ? kind.value().singular() : kind.value().plural();
      return "%s\nThe magic %s of %s:".formatted(haystack, type, join(queries));
    }
  };

  /** The sentence that gives the key its value. */
  abstract String needle(Symbol value, String key, String text);

  /** The whole prompt; the model's continuation is the answer. */
  abstract String prompt(NeedleKind kind, List<String> queries, String haystack);

  /** {@code a}, {@code a, and b}, {@code a, b, and c}. */
  static String join(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.getFirst()
        : String.join(", ", parts.subList(0, last)) + ", and " + parts.get(last);
  }
}
