package dev.swax.grid.plan;

import dev.swax.compiler.model.DataPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Caching;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.data.TextLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads the text of each data block once. */
public final class Contents {
  private final @Nullable Caching caching;
  private final SequencedMap<DataPlan.Text, Content> known = new LinkedHashMap<>();

  /** All of it is read into memory. */
  public Contents() {
    this.caching = null;
  }

  /** Tokens of large text are kept. */
  public Contents(Caching caching) {
    this.caching = caching;
  }

  /** What stands behind the block. */
  Content of(DataPlan.Text data) {
    return known.computeIfAbsent(data, this::read);
  }

  private Content read(DataPlan.Text data) {
    try {
      Split text = loader(folder(data)).load(data.source(), data.tokenizer());
      Corpus validation = text.validation();
      return new Content.Read(
          text.training().hash(), validation.hash(), validation.tokens(), validation.longest());
    } catch (UserError e) {
      return new Content.Absent(String.valueOf(e.getMessage()));
    }
  }

  private TextLoader loader(Path folder) {
    return caching == null ? new TextLoader(folder) : new TextLoader(folder, caching);
  }

  /** Where the paths of the block start. */
  private static Path folder(DataPlan data) {
    Path file = Path.of(data.span().file().name());
    return file.toAbsolutePath().normalize().resolveSibling(".").normalize();
  }
}
