package dev.swax.hub.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.UserError;
import java.util.List;
import java.util.Locale;

/**
 * For which texts a model comes in whose positions depend on the length of the text: LongRoPE has
 * one list of factors for short texts and one for long ones.
 */
public enum TextLength {
  SHORT("short_factor", "long_factor"),
  LONG("long_factor", "short_factor");

  private final String kept;
  private final String other;

  TextLength(String kept, String other) {
    this.kept = kept;
    this.other = other;
  }

  /** Puts the list for these texts in the place of both. */
  public void choose(ObjectNode config) {
    boolean found = false;
    for (String key : List.of("rope_parameters", "rope_scaling")) {
      if (config.get(key) instanceof ObjectNode object && object.hasNonNull(kept)) {
        object.set(other, object.get(kept));
        found = true;
      }
    }
    if (!found) {
      throw new UserError(
          "`--positions %s` chooses among two lists, but %s has no `%s`"
              .formatted(this, HubFolder.CONFIG, kept),
          "leave `--positions` out");
    }
  }

  /** As options call it: {@code short}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
