package dev.swax.benchmarks.tokenizers;

import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.hf.HfFile;
import dev.swax.tokenizers.HfTokenizers;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code Peer TOKENIZER TEXTS}: for each line of standard input, {@code time} encodes all texts on
 * all cores and prints the seconds and the tokens; {@code write OUT} writes their tokens and the
 * texts that these decode to. TEXTS holds, for each text, the number of its bytes and its UTF-8.
 */
public final class Peer {
  private static final double NANOS = 1e9;

  private Peer() {}

  public static void main(String[] arguments) throws IOException {
    Tokenizer tokenizer =
        new HfTokenizers()
            .open(new HfFile(Path.of(arguments[0]), Optional.empty(), Optional.empty(), false));
    List<String> texts = read(Path.of(arguments[1]));
    System.out.println("ready");
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      if (line.equals("time")) {
        time(tokenizer, texts);
      } else {
        write(tokenizer, texts, Path.of(line.substring("write ".length())));
        System.out.println("written");
      }
    }
  }

  private static void time(Tokenizer tokenizer, List<String> texts) {
    long start = System.nanoTime();
    long tokens = texts.parallelStream().mapToLong(text -> tokenizer.encode(text).length).sum();
    System.out.println((System.nanoTime() - start) / NANOS + " " + tokens);
  }

  private static List<String> read(Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        texts.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }

  private static void write(Tokenizer tokenizer, List<String> texts, Path file) throws IOException {
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (String text : texts) {
        int[] tokens = tokenizer.encode(text);
        out.writeInt(tokens.length);
        for (int token : tokens) {
          out.writeInt(token);
        }
        byte[] decoded = tokenizer.decode(tokens).getBytes(StandardCharsets.UTF_8);
        out.writeInt(decoded.length);
        out.write(decoded);
      }
    }
  }
}
