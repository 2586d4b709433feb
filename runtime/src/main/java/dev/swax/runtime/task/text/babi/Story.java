package dev.swax.runtime.task.text.babi;

import java.util.List;

/** Statements in their order, a question about them, and its answer of one word. */
record Story(List<String> facts, String question, String answer) {
  Story {
    facts = List.copyOf(facts);
  }
}
