package dev.swax.runtime.task.text.code;

import dev.swax.runtime.task.text.record.JsonLine;
import java.util.List;

/** The sets: how a record asks for a program, and how it is tested. */
public enum CodeSet {
  /** HumanEval and HumanEval+ of the hub: the prompt is the head of a function. */
  HUMANEVAL(List.of("\nclass", "\ndef", "\n#", "\nif", "\nprint")) {
    @Override
    String prompt(JsonLine line) {
      return line.text("prompt");
    }

    @Override
    String solution(JsonLine line) {
      return line.text("canonical_solution");
    }

    @Override
    String program(JsonLine line, String completion) {
      return "%s%s\n\n%s\n\ncheck(%s)\n"
          .formatted(line.text("prompt"), completion, line.text("test"), line.text("entry_point"));
    }
  },
  /** MBPP: the task in words with its tests; full ({@code text}) or sanitized ({@code prompt}). */
  MBPP(List.of("[DONE]")) {
    @Override
    String prompt(JsonLine line) {
      String text = line.has("text") ? line.text("text") : line.text("prompt");
      return "Write a Python program. %s\nIt must pass these tests:\n%s\n[BEGIN]\n"
          .formatted(text, String.join("\n", line.texts("test_list")));
    }

    @Override
    String solution(JsonLine line) {
      return line.text("code") + "\n[DONE]";
    }

    @Override
    String program(JsonLine line, String completion) {
      String setup =
          line.has("test_imports")
              ? String.join("\n", line.texts("test_imports"))
              : line.text("test_setup_code", "");
      return "%s\n\n%s\n%s\n"
          .formatted(completion, setup, String.join("\n", line.texts("test_list")));
    }
  };

  private final List<String> stops;

  CodeSet(List<String> stops) {
    this.stops = stops;
  }

  /** Where a program ends. */
  List<String> stops() {
    return stops;
  }

  abstract String prompt(JsonLine line);

  abstract String solution(JsonLine line);

  /** The program with its tests; it ends without an error if they pass. */
  abstract String program(JsonLine line, String completion);
}
