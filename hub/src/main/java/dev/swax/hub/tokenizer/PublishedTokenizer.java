package dev.swax.hub.tokenizer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.hub.folder.HubFolder;
import dev.swax.runtime.file.NewFile;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A tokenizer as transformers loads it. {@code AutoTokenizer} gives a text the tokens of {@link
 * Tokenizer#prompt}, and without special tokens those of {@link Tokenizer#encode}.
 *
 * @param json tokenizer.json
 * @param settings tokenizer_config.json
 * @param begin the token before a text, if there is one
 * @param end the token at which generation stops, if there is one
 */
public record PublishedTokenizer(
    ObjectNode json, ObjectNode settings, OptionalInt begin, OptionalInt end) {
  private static final String CLASS = "PreTrainedTokenizerFast";

  /**
   * That of a tokenizer.
   *
   * @param file the tokenizer.json of one that is read from a file
   */
  public static PublishedTokenizer of(Tokenizer tokenizer, Path file) {
    if (!tokenizer.files().isEmpty()) {
      return FileTokenizer.of(tokenizer, file);
    }
    ObjectNode json = tokenizer instanceof ByteTokenizer ? ByteLevel.json() : characters(tokenizer);
    return of(json, JsonNodeFactory.instance.objectNode(), tokenizer);
  }

  /** With settings that make transformers use tokenizer.json as it is. */
  static PublishedTokenizer of(ObjectNode json, ObjectNode settings, Tokenizer tokenizer) {
    settings.put("tokenizer_class", CLASS);
    settings.put("clean_up_tokenization_spaces", false);
    settings.putArray("model_input_names").add("input_ids").add("attention_mask");
    OptionalInt begin = IntStream.of(tokenizer.prompt("")).findFirst();
    return new PublishedTokenizer(json, settings, begin, tokenizer.end());
  }

  /** Every character is a word; one that is none of them is an error there, as it is here. */
  private static ObjectNode characters(Tokenizer tokenizer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", "1.0");
    json.putArray("added_tokens");
    ObjectNode split = json.putObject("pre_tokenizer");
    split.put("type", "Split").put("behavior", "Isolated").put("invert", false);
    split.putObject("pattern").put("Regex", "[\\s\\S]");
    json.putObject("decoder").put("type", "Fuse");
    ObjectNode model = json.putObject("model");
    model.put("type", "WordLevel");
    ObjectNode vocabulary = model.putObject("vocab");
    for (int token = 0; token < tokenizer.vocabulary(); token++) {
      vocabulary.put(tokenizer.decode(new int[] {token}), token);
    }
    model.put("unk_token", "<unk>");
    return json;
  }

  /** Writes the files into a folder. */
  public void write(Path folder) throws IOException {
    NewFile.write(folder.resolve(HubFolder.TOKENIZER), json + "\n");
    NewFile.write(folder.resolve(HubFolder.TOKENIZER_CONFIG), settings.toPrettyString() + "\n");
  }
}
