package dev.swax.cli.grid;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.CellState;
import dev.swax.grid.plan.Cells;
import dev.swax.grid.plan.Speed;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/** The same for programs. */
public final class PlanJson {
  private PlanJson() {}

  /** One object. */
  public static String render(
      Cells cells, SequencedMap<Cell, CellState> states, Optional<Speed> speed) {
    var mapper = new JsonMapper();
    ObjectNode root = mapper.createObjectNode().put("grid", cells.name());
    var list = root.putArray("cells");
    states.forEach((cell, state) -> {
      ObjectNode node = list.addObject().put("id", cell.id()).put("what", cell.what());
      if (cells.grids().size() > 1) {
        node.put("grid", cells.holder(cell).name());
      }
      node.put("column", cell.column()).put("seed", cell.seed());
      node.put("tokens", cell.tokens()).put("flops", cell.flops());
      node.put("state", state.getClass().getSimpleName().toLowerCase(Locale.ROOT));
      node.put("detail", state.describe()).put("hash", cell.identity().hash());
      cell.command().ifPresent(command -> node.put("starts", command));
    });
    speed.ifPresent(
        s -> root.putObject("speed").put("flopsPerSecond", s.flops()).put("source", s.source()));
    return root.toPrettyString() + "\n";
  }
}
