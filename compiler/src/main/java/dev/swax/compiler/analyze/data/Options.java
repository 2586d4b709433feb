package dev.swax.compiler.analyze.data;

import dev.swax.compiler.syntax.Declaration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is set from outside the file.
 *
 * @param profile the name of the profile that holds, or null for none
 * @param settings applied after the profile, in order; {@code --set train.seq=512}
 */
public record Options(@Nullable String profile, List<Declaration.Setting> settings) {
  public Options {
    settings = List.copyOf(settings);
  }

  public static Options none() {
    return new Options(null, List.of());
  }
}
