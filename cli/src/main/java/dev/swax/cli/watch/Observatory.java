package dev.swax.cli.watch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * All runs and grids below some folders, kept up to date by one thread. Readers wait for news: each
 * round of reading has a number, and each run and grid knows the round in which it last changed.
 */
final class Observatory implements AutoCloseable {
  /** Between two rounds of reading, in milliseconds. */
  static final long PAUSE = 1000;

  private static final int ROUNDS_TO_GRIDS = 2;
  private static final int ROUNDS_TO_A_SEARCH = 5;

  private static final String RUN = "run ";
  private static final String GRID = "grid ";

  private final List<Path> roots;
  private final Path base;
  private final long pause;
  private final Machine machine;
  private final Map<String, WatchedRun> runs = new ConcurrentSkipListMap<>();
  private final Map<String, WatchedGrid> grids = new ConcurrentSkipListMap<>();
  private final SequencedMap<String, News> news = new LinkedHashMap<>();
  private final Thread reader;
  private volatile boolean complete = true;
  private volatile boolean closed;
  private long round;

  /** What was last told of a run or grid, and in which round that was new. */
  private record News(ObjectNode node, boolean grid, long round) {}

  /**
   * Of some folders.
   *
   * @param base the folder that names of runs start at
   * @param pause between two rounds of reading, in milliseconds
   */
  Observatory(List<Path> roots, Path base, long pause) {
    this.roots = List.copyOf(roots);
    this.base = base;
    this.pause = pause;
    this.machine = new Machine(roots.getFirst());
    this.reader = Thread.ofPlatform().daemon().name("observatory").unstarted(this::work);
  }

  /** Finds what is there, then goes on in a thread of its own. */
  void start() {
    search();
    reader.start();
  }

  private void work() {
    for (int i = 1; !closed; i++) {
      boolean behind = read(i % ROUNDS_TO_GRIDS == 1);
      if (!behind && !pause()) {
        return;
      }
      if (i % ROUNDS_TO_A_SEARCH == 0) {
        search();
      }
    }
  }

  private boolean pause() {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false; // only close() does this
    }
  }

  private void search() {
    Places.Found found = Places.below(roots, base);
    complete = found.complete();
    runs.keySet().retainAll(found.runs().keySet());
    grids.keySet().retainAll(found.grids().keySet());
    found.runs().forEach((id, path) -> runs.computeIfAbsent(id, _ -> new WatchedRun(id, path)));
    found.grids().forEach((id, path) -> grids.computeIfAbsent(id, _ -> new WatchedGrid(id, path)));
  }

  /**
   * One block of every run, and from time to time all grids; whether something is left to be read.
   * A round may take long at first, so it is told of meanwhile.
   */
  private boolean read(boolean withGrids) {
    boolean behind = false;
    long due = System.nanoTime() + pause * 1_000_000;
    SequencedMap<String, ObjectNode> told = new LinkedHashMap<>();
    for (WatchedRun run : runs.values()) {
      behind |= run.read();
      told.put(RUN + run.id(), run.summary());
      if (System.nanoTime() - due > 0) {
        publish(told);
        told.clear();
        due = System.nanoTime() + pause * 1_000_000;
      }
    }
    if (withGrids) {
      for (WatchedGrid grid : grids.values()) {
        grid.read();
        told.put(GRID + grid.id(), grid.told());
      }
    }
    publish(told);
    return behind;
  }

  private synchronized void publish(SequencedMap<String, ObjectNode> told) {
    round++;
    news.keySet()
        .removeIf(key ->
            key.startsWith(RUN)
                ? !runs.containsKey(key.substring(RUN.length()))
                : !grids.containsKey(key.substring(GRID.length())));
    told.forEach((key, node) -> {
      News before = news.get(key);
      if (before == null || !before.node().equals(node)) {
        news.put(key, new News(node, key.startsWith(GRID), round));
      }
    });
    notifyAll();
  }

  /** How many runs and grids there are. */
  int size() {
    return runs.size() + grids.size();
  }

  /** The run of that name. */
  Optional<WatchedRun> find(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  /**
   * Waits for a round later than {@code since}; what is new since then, with all names that there
   * are. Of round -1: all, at once.
   */
  synchronized ObjectNode await(long since, long milliseconds) throws InterruptedException {
    long end = System.nanoTime() + milliseconds * 1_000_000;
    while (round <= since && !closed && System.nanoTime() - end < 0) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
    ObjectNode root = new JsonMapper().createObjectNode().put("round", round);
    root.put("complete", complete);
    root.set("machine", machine.told());
    List<String> names = new ArrayList<>();
    root.putArray("runs");
    root.putArray("grids");
    news.forEach((key, item) -> {
      names.add(key);
      if (item.round() > since) {
        root.withArrayProperty(item.grid() ? "grids" : "runs").add(item.node());
      }
    });
    names.forEach(root.putArray("names")::add);
    return root;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    reader.interrupt();
    synchronized (this) {
      notifyAll();
    }
  }
}
