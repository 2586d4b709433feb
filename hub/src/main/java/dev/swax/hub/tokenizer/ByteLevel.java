package dev.swax.hub.tokenizer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Bytes as a byte-level tokenizer without merges. There, a byte is a letter: itself where it is one
 * that can be seen in Latin-1, and else the next one from U+0100 on.
 */
final class ByteLevel {
  private ByteLevel() {}

  static ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", "1.0");
    json.putArray("added_tokens");
    byteLevel(json.putObject("pre_tokenizer"));
    byteLevel(json.putObject("decoder"));
    ObjectNode model = json.putObject("model");
    model.put("type", "BPE");
    ObjectNode vocabulary = model.putObject("vocab");
    int next = 0x100;
    for (int value = 0; value < 0x100; value++) {
      vocabulary.put(Character.toString(isSeen(value) ? value : next++), value);
    }
    model.putArray("merges");
    return json;
  }

  private static void byteLevel(ObjectNode part) {
    part.put("type", "ByteLevel");
    part.put("add_prefix_space", false).put("trim_offsets", false).put("use_regex", false);
  }

  /** All but controls, blanks and the soft hyphen. */
  private static boolean isSeen(int value) {
    return (value > ' ' && value < 0x7f) || (value > 0xa0 && value != 0xad);
  }
}
