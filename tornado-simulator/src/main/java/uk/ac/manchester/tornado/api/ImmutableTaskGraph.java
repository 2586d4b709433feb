package uk.ac.manchester.tornado.api;

/** A task graph that no longer changes. */
public class ImmutableTaskGraph {
  private final TaskGraph graph;

  ImmutableTaskGraph(TaskGraph graph) {
    this.graph = graph;
  }

  GraphDefinition definition() {
    return graph.definition();
  }
}
