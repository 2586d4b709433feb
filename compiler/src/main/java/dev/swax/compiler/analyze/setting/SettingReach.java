package dev.swax.compiler.analyze.setting;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.source.Span;
import java.util.List;

/**
 * Which blocks a setting of the command line reaches.
 *
 * @param path as it is typed: {@code small.budget}
 * @param blocks {@code train small}, {@code data text}, {@code grid table1}
 */
public record SettingReach(String path, Span span, List<String> blocks) {
  public SettingReach {
    blocks = List.copyOf(blocks);
  }

  /** What to say where a block is chosen that it does not reach. */
  public Diagnostic missing(String block) {
    return new Diagnostic(
        Code.SETTING_UNUSED,
        span,
        "`%s` is set, but the chosen `%s` does not use it".formatted(path, block),
        List.of(),
        "used by `%s`".formatted(String.join("`, `", blocks)));
  }
}
