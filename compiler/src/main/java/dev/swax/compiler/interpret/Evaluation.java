package dev.swax.compiler.interpret;

import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.ValueId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The values of every node of a graph. */
public final class Evaluation {
  private final Graph graph;
  private final List<List<Matrix>> results = new ArrayList<>();

  Evaluation(Graph graph) {
    this.graph = graph;
  }

  void append(List<Matrix> nodeResults) {
    results.add(nodeResults);
  }

  Matrix part(ValueId source, int index) {
    return results.get(source.index()).get(index);
  }

  /** The value of a node. */
  public Matrix value(ValueId id) {
    return part(id, 0);
  }

  /** What leaves the graph under that name. */
  public Matrix result(String name) {
    return value(graph.result(name));
  }

  /** Everything that leaves the graph. */
  public SequencedMap<String, Matrix> results() {
    var named = new LinkedHashMap<String, Matrix>();
    graph.results().forEach((name, id) -> named.put(name, value(id)));
    return named;
  }
}
