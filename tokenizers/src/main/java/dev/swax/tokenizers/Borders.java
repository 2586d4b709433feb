package dev.swax.tokenizers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swax.runtime.UserError;
import dev.swax.runtime.token.hf.HfFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a document.
 *
 * @param before tokens before its text, and before a prompt
 * @param after tokens after its text
 * @param end the token that ends what is generated; null where there is none
 */
record Borders(List<Integer> before, List<Integer> after, @Nullable Integer end) {
  Borders {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** As the arguments say; otherwise as the files do. {@code settings}: tokenizer_config.json. */
  static Borders of(TokenizerJson json, HfFile file, JsonNode settings) {
    Borders own = own(json.postProcessor());
    List<Integer> before =
        file.begin()
            .map(text -> named(json, "begin", text))
            .orElseGet(() -> configured(json, settings, "bos_token", "add_bos_token", own.before));
    List<Integer> after =
        file.end()
            .map(text -> named(json, "end", text))
            .orElseGet(() -> configured(json, settings, "eos_token", "add_eos_token", own.after));
    for (int id : Stream.concat(before.stream(), after.stream()).toList()) {
      if (!json.has(id)) {
        throw new UserError(
            "it puts the token %d around a text, but has none of that number".formatted(id), null);
      }
    }
    Integer end =
        file.end().isPresent()
            ? after.stream().findFirst().orElse(null)
            : Optional.ofNullable(find(json, settings, "eos_token"))
                .orElse(after.stream().findFirst().orElse(null));
    return new Borders(before, after, end);
  }

  private static List<Integer> named(TokenizerJson json, String argument, String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    Integer id = json.id(text);
    if (id == null) {
      List<String> some =
          json.added().stream()
              .filter(AddedToken::special)
              .map(token -> "`%s`".formatted(token.content()))
              .limit(8)
              .toList();
      throw new UserError(
          "`%s` is `%s`, which is none of its tokens".formatted(argument, text),
          some.isEmpty() ? null : "its first special tokens are " + String.join(", ", some));
    }
    return List.of(id);
  }

  /** {@code add_bos_token} and {@code add_eos_token} overrule what the tokenizer does itself. */
  private static List<Integer> configured(
      TokenizerJson json, JsonNode settings, String token, String adds, List<Integer> own) {
    JsonNode added = settings.path(adds);
    Integer id = find(json, settings, token);
    if (!added.isBoolean() || id == null || added.booleanValue() != own.isEmpty()) {
      return own;
    }
    return added.booleanValue() ? List.of(id) : List.of();
  }

  private static @Nullable Integer find(TokenizerJson json, JsonNode settings, String token) {
    JsonNode named = settings.path(token);
    JsonNode text = named.isObject() ? named.path("content") : named;
    return text.isTextual() ? json.id(text.textValue()) : null;
  }

  /** What the post-processor of the file puts around one text. */
  private static Borders own(JsonNode processor) {
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    switch (processor.path("type").asText()) {
      case "TemplateProcessing" -> {
        boolean passed = false;
        for (JsonNode part : processor.path("single")) {
          JsonNode token = part.path("SpecialToken");
          passed |= part.has("Sequence");
          for (JsonNode id :
              processor.path("special_tokens").path(token.path("id").asText()).path("ids")) {
            (passed ? after : before).add(id.asInt());
          }
        }
      }
      case "BertProcessing", "RobertaProcessing" -> {
        before.add(processor.path("cls").path(1).asInt());
        after.add(processor.path("sep").path(1).asInt());
      }
      case "Sequence" -> {
        for (JsonNode one : processor.path("processors")) {
          Borders inner = own(one);
          before.addAll(0, inner.before);
          after.addAll(inner.after);
        }
      }
      default -> {}
    }
    return new Borders(before, after, null);
  }
}
