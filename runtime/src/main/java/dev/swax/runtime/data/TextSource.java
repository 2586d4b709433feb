package dev.swax.runtime.data;

import java.util.List;

/**
 * Where text comes from. A pattern is a file, a glob ({@code corpus/**}), or either of them as an
 * archive with a glob for its entries: {@code libraries/*.jar!**}.
 *
 * @param files patterns of the training text
 * @param validation patterns of the validation text; where empty, it is held out of {@code files}
 * @param heldOut share of the files that are held out, 0 to 1
 */
public record TextSource(List<String> files, List<String> validation, double heldOut) {
  public TextSource {
    files = List.copyOf(files);
    validation = List.copyOf(validation);
  }
}
