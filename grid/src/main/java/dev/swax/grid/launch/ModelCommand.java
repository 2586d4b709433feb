package dev.swax.grid.launch;

import java.nio.file.Path;
import java.util.List;

/**
 * What computes one model of a grid on a machine that shares only folders with this one; it lacks
 * the identity of the model, its last word.
 *
 * @param folder that it is started in
 * @param words program and arguments
 */
public record ModelCommand(Path folder, List<String> words) {
  public ModelCommand {
    words = List.copyOf(words);
  }
}
