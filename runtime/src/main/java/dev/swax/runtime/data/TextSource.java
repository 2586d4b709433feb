package dev.swax.runtime.data;

import dev.swax.runtime.data.format.FormatOptions;
import java.util.List;

/**
 * Where text comes from. A pattern is a file, a glob ({@code corpus/**}), or either of them as an
 * archive with a glob for its entries: {@code libraries/*.jar!**}.
 *
 * @param files patterns of the training text
 * @param validation patterns of the validation text; where empty, it is held out of {@code files}
 * @param heldOut share of the files that are held out, 0 to 1
 * @param format how documents stand in the files
 */
public record TextSource(
    List<String> files, List<String> validation, double heldOut, FormatOptions format) {
  public TextSource {
    files = List.copyOf(files);
    validation = List.copyOf(validation);
  }

  /** Each file is read as its name says. */
  public TextSource(List<String> files, List<String> validation, double heldOut) {
    this(files, validation, heldOut, FormatOptions.DEFAULT);
  }
}
