package dev.swax.tokenizers.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swax.runtime.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The stages that a file's {@code decoder} asks for. */
public final class Stages {
  private final List<UnaryOperator<Stage>> makers;

  private Stages(List<UnaryOperator<Stage>> makers) {
    this.makers = List.copyOf(makers);
  }

  /** Refuses a decoder that swax does not know. */
  public static Stages of(JsonNode decoder) {
    List<UnaryOperator<Stage>> makers = new ArrayList<>();
    if (decoder.isMissingNode() || decoder.isNull()) {
      makers.add(Blanks::new);
    } else {
      add(decoder, makers, new boolean[1]);
    }
    return new Stages(makers);
  }

  /** A chain of new stages that ends in {@code sink}. */
  Stage chain(Stage.Sink sink) {
    Stage first = sink;
    for (UnaryOperator<Stage> maker : makers.reversed()) {
      first = maker.apply(first);
    }
    return first;
  }

  /** {@code fused}: whether all text is one token from here on. */
  private static void add(JsonNode decoder, List<UnaryOperator<Stage>> makers, boolean[] fused) {
    String type = decoder.path("type").asText();
    if (type.equals("Sequence")) {
      for (JsonNode one : decoder.path("decoders")) {
        add(one, makers, fused);
      }
      return;
    }
    if (fused[0] && !type.equals("Strip") && !type.equals("Fuse")) {
      throw unknown("`%s` after `Fuse`".formatted(type));
    }
    switch (type) {
      case "ByteLevel" -> {
        makers.add(ByteLevel::new);
        fused[0] = true;
      }
      case "Fuse" -> fused[0] = true;
      case "ByteFallback" -> makers.add(ByteFallback::new);
      case "Replace" -> {
        JsonNode pattern = decoder.path("pattern").path("String");
        if (!pattern.isTextual()) {
          throw unknown("`Replace` with a regular expression");
        }
        String content = decoder.path("content").asText();
        makers.add(next -> new Replace(next, pattern.textValue(), content));
      }
      case "Metaspace" -> {
        char sign = sign(decoder, "replacement", '▁');
        boolean prefixed =
            !decoder.path("prepend_scheme").asText("always").equals("never")
                && decoder.path("add_prefix_space").asBoolean(true);
        makers.add(next -> new Metaspace(next, sign, prefixed));
      }
      case "Strip" -> {
        int start = decoder.path("start").asInt();
        if (decoder.path("stop").asInt() != 0) {
          throw unknown("`Strip` at the end of tokens");
        }
        char sign = sign(decoder, "content", ' ');
        boolean whole = fused[0];
        makers.add(next -> new Strip(next, sign, start, whole));
      }
      case "WordPiece" -> {
        String prefix = decoder.path("prefix").asText("##");
        boolean cleanup = decoder.path("cleanup").asBoolean(true);
        makers.add(next -> new WordPiece(next, prefix, cleanup));
      }
      case "BPEDecoder" -> {
        String suffix = decoder.path("suffix").asText("</w>");
        makers.add(next -> new WordEnd(next, suffix));
      }
      default -> throw unknown("`%s`".formatted(type));
    }
  }

  private static char sign(JsonNode decoder, String key, char absent) {
    String text = decoder.path(key).asText(String.valueOf(absent));
    if (text.length() != 1) {
      throw unknown("one with the `%s` \"%s\"".formatted(key, text));
    }
    return text.charAt(0);
  }

  private static UserError unknown(String what) {
    return new UserError(
        "its decoder is %s, which swax does not know".formatted(what),
        "known are ByteLevel, ByteFallback, Metaspace, WordPiece, BPEDecoder, Replace, Strip, Fuse");
  }
}
