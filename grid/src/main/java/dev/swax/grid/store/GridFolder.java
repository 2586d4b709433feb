package dev.swax.grid.store;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a grid keeps its cells: {@code cells/HASH/}. */
public record GridFolder(Path path) {

  /** The folder of one cell, which need not exist. */
  public CellFolder cell(String id) {
    return new CellFolder(cells().resolve(id));
  }

  private Path cells() {
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
