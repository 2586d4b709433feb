package dev.swax.grid.store;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    if (!Files.isDirectory(cells())) {
      return List.of();
    }
    try {
      return Disk.entries(cells()).stream()
          .filter(Files::isDirectory)
          .map(CellFolder::new)
          .toList();
    } catch (IOException e) {
      throw unreadable(Reasons.of(e));
    } catch (UncheckedIOException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
  }

  private UserError unreadable(String reason) {
    return new UserError("cannot read %s: %s".formatted(cells(), reason), null);
  }
}
