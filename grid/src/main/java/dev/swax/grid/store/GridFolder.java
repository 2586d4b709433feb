package dev.swax.grid.store;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a grid keeps its cells, {@code cells/HASH/}, and what it gave to an engine, {@code
 * jobs/NAME/}.
 */
public record GridFolder(Path path) {

  /** The folder of one cell, which need not exist. */
  public CellFolder cell(String id) {
    return new CellFolder(cells().resolve(id));
  }

  /** The jobs that an engine was given. */
  public JobFolder jobs() {
    return new JobFolder(path.resolve("jobs"));
  }

  /** What its last runner was to compute: the same as {@code grid plan --json} prints. */
  public Path plan() {
    return path.resolve("plan.json");
  }

  /** Keeps what a runner is to compute, for those who watch it. */
  public void keepPlan(String json) {
    Json.write(plan(), json);
  }

  /** What tells runners of this grid to end. */
  public Cancellation cancellation() {
    return new Cancellation(path.resolve("cancel"));
  }

  /** Where the folders of the cells are. */
  public Path cells() {
    return path.resolve("cells");
  }

  /** The cells that are there, wanted or not, in the order of their names. */
  public List<CellFolder> all() {
    List<CellFolder> all = new ArrayList<>();
    try {
      for (Path entry : Disk.entries(cells())) {
        if (Disk.isFolder(entry)) {
          all.add(new CellFolder(entry));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(cells(), Reasons.of(e)), null);
    }
    return List.copyOf(all);
  }
}
