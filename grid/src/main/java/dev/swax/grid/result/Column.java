package dev.swax.grid.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * One model of a grid.
 *
 * @param label as the table's head shows it
 * @param axes the value of each name that its {@code for} binds, in order: {@code w = 128}
 * @param lines for each of these names, what the labels of a line along it share: {@code SWAX:{w}}
 * @param candidate whether another column may choose it: then tables leave it out
 */
public record Column(
    String label,
    SequencedMap<String, String> axes,
    SequencedMap<String, String> lines,
    boolean candidate) {
  public Column {
    axes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(axes));
    lines = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(lines));
  }
}
