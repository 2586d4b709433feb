package dev.swax.hub.gemma;

import dev.swax.hub.decoder.Decoder.Ends;
import dev.swax.hub.decoder.Decoder.Norm;
import dev.swax.hub.decoder.Decoder.Wiring;
import dev.swax.hub.decoder.DecoderClass;
import dev.swax.hub.folder.Config;

/**
 * What the Gemmas share: norms before and after both branches, whose weights are multiplied as
 * {@code 1 + w}, a scale of the scores that is said, and bounds of scores and logits.
 */
abstract class GemmaClass extends DecoderClass {
  @Override
  protected final Wiring wiring() {
    return Wiring.AROUND;
  }

  @Override
  protected final Norm norm(Config config) {
    return new Norm(config.number("rms_norm_eps"), false, 1);
  }

  @Override
  protected final double scale(Config config) {
    return 1 / Math.sqrt(config.positive("query_pre_attn_scalar"));
  }

  @Override
  protected final double cap(Config config) {
    return config.number("attn_logit_softcapping", 0);
  }

  @Override
  protected final Ends ends(Config config) {
    config.require("use_bidirectional_attention", "false");
    return new Ends(
        config.flag("tie_word_embeddings"),
        Math.sqrt(config.size("hidden_size")),
        1,
        1,
        config.number("final_logit_softcapping", 0));
  }
}
