package dev.swax.runtime.train;

import dev.swax.runtime.data.Packing;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** SHA-256 in hexadecimal of what decides sequences beside the text, by name. */
public final class DataHashes {
  private DataHashes() {}

  /** The hash of a tokenizer, or nothing where every byte is a token. */
  public static SequencedMap<String, String> of(Tokenizer tokenizer) {
    SequencedMap<String, String> hashes = new LinkedHashMap<>();
    if (!tokenizer.equals(ByteTokenizer.BYTES)) {
      hashes.put(TrainingData.TOKENIZER, RunFiles.hash(tokenizer.describe()));
    }
    return hashes;
  }

  /** The hash of how documents become sequences, or nothing where they are joined. */
  public static SequencedMap<String, String> of(Packing packing) {
    SequencedMap<String, String> hashes = new LinkedHashMap<>();
    if (packing != Packing.JOINED) {
      hashes.put("data.packing", RunFiles.hash(packing.text()));
    }
    return hashes;
  }
}
