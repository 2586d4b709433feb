package dev.swax.compiler.model.grid;

import java.util.List;

/**
 * What a column chooses among.
 *
 * @param axis the name in whose value the columns differ
 * @param columns numbered from 0, in order
 * @param row numbered from 0, whose best value decides
 */
public record GridChoice(String axis, List<Integer> columns, int row) {
  public GridChoice {
    columns = List.copyOf(columns);
  }
}
