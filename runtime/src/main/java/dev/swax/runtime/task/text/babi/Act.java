package dev.swax.runtime.task.text.babi;

/** What a person does with an object. */
sealed interface Act {
  String person();

  String object();

  record Get(String person, String object) implements Act {}

  record Drop(String person, String object) implements Act {}

  record Give(String person, String object, String receiver) implements Act {}
}
