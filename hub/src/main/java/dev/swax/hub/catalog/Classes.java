package dev.swax.hub.catalog;

import dev.swax.hub.PublishedClass;
import dev.swax.hub.bamba.Bamba;
import dev.swax.hub.cohere2.Cohere2;
import dev.swax.hub.falconh1.FalconH1;
import dev.swax.hub.gemma.Gemma2;
import dev.swax.hub.gemma.Gemma3;
import dev.swax.hub.gptoss.GptOss;
import dev.swax.hub.granite.Granite;
import dev.swax.hub.granitemoehybrid.GraniteMoeHybrid;
import dev.swax.hub.lfm2.Lfm2;
import dev.swax.hub.lfm2.Lfm2Moe;
import dev.swax.hub.llama.Llama;
import dev.swax.hub.mamba2.Mamba2;
import dev.swax.hub.mistral.Mistral;
import dev.swax.hub.nemotronh.NemotronH;
import dev.swax.hub.olmo2.Olmo2;
import dev.swax.hub.olmo3.Olmo3;
import dev.swax.hub.olmohybrid.OlmoHybrid;
import dev.swax.hub.phi3.Phi3;
import dev.swax.hub.qwen2.Qwen2;
import dev.swax.hub.qwen3.Qwen3;
import dev.swax.hub.qwen3next.Qwen3Next;
import dev.swax.hub.recurrentgemma.RecurrentGemma;
import dev.swax.hub.smollm3.SmolLm3;
import dev.swax.hub.xlstm.Xlstm;
import dev.swax.runtime.UserError;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All published classes. */
public final class Classes {
  /** In the order in which an export tries them: what is more usual first. */
  private static final List<PublishedClass> ALL =
      List.of(
          new Llama(),
          new Mistral(),
          new Qwen2(),
          new Qwen3(),
          new SmolLm3(),
          new Olmo2(),
          new Olmo3(),
          new Phi3(),
          new Gemma2(),
          new Gemma3(),
          new Cohere2(),
          new Granite(),
          new GptOss(),
          new Lfm2(),
          new Lfm2Moe(),
          new Qwen3Next(),
          new OlmoHybrid(),
          new RecurrentGemma(),
          new Xlstm(),
          new Mamba2(),
          new Bamba(),
          new GraniteMoeHybrid(),
          new FalconH1(),
          new NemotronH());

  private Classes() {}

  /** The same with the class of a type before the others, if there is one. */
  public static List<PublishedClass> beginningWith(@Nullable String type) {
    return ALL.stream()
        .sorted(Comparator.comparing(published -> !published.type().equals(type)))
        .toList();
  }

  /** The class of a {@code model_type}. */
  public static PublishedClass named(String type) {
    return ALL.stream()
        .filter(published -> published.type().equals(type))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                "config.json has `model_type` = `%s`, but swax knows %s".formatted(type, names()),
                null));
  }

  /** The types, for messages. */
  public static String names() {
    return ALL.stream().map(PublishedClass::type).collect(Collectors.joining(", "));
  }
}
