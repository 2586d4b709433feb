package dev.swax.compiler.model.grid;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a row or column of a grid is called.
 *
 * @param text as tables show it: {@code SWAX:128, seed 2}
 * @param axes the value of each name that a {@code for} binds, as text: {@code w = 128}
 * @param lines for each of these names, the label with the names of its {@code for} in braces where
 *     their values stand: {@code SWAX:{w}, seed 2}. Rows or columns that share one lie on a line.
 */
public record GridLabel(
    String text, SequencedMap<String, String> axes, SequencedMap<String, String> lines) {
  public GridLabel {
    axes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(axes));
    lines = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(lines));
  }
}
