package dev.swax.grid.run;

import dev.swax.grid.plan.Cell;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.Owner;
import java.nio.file.Path;
import java.util.List;

/** Says nothing. */
class Silent implements Watcher {
  @Override
  public void finished(Cell cell, int done, int all) {}

  @Override
  public void failed(Cell cell, CellFolder.Failure failure, Path log) {}

  @Override
  public void retried(Cell cell, int code, String words) {}

  @Override
  public void waiting(Cell cell, Owner owner) {}

  @Override
  public void status(List<Cell> running, List<Cell> left) {}
}
