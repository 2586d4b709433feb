package dev.swax.cli.command;

import dev.swax.cli.run.TextCheck;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.DataPlan;
import dev.swax.lsp.DataLook;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Caching;
import dev.swax.runtime.data.FolderStamp;
import dev.swax.runtime.data.TextLoader;
import dev.swax.runtime.data.TextSource;
import dev.swax.runtime.token.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * What {@code check} says of the files that a text of an editor names. Of large ones only the
 * beginnings are read, and none is read again while all have their sizes and times. For one thread.
 */
final class EditorData implements DataLook {
  /** Bytes of one block's files, up to which they are read whole. */
  private static final long MOST = 4 << 20;

  /** Texts that are remembered. */
  private static final int KEPT = 8;

  private final Caching caching;
  private final SequencedMap<Text, Seen> seen = new LinkedHashMap<>();

  EditorData(Caching caching) {
    this.caching = caching;
  }

  /** What decides the tokens of a text. */
  private record Text(Path folder, TextSource source, Tokenizer tokenizer) {}

  /** What a text was found to be when its files looked so; asking may throw what is wrong. */
  private record Seen(FolderStamp stamp, Supplier<TextLoader.Look> answer) {}

  @Override
  public List<Diagnostic> at(Analysis analysis) {
    List<Diagnostic> found = new ArrayList<>(References.diagnose(analysis));
    found.addAll(TextCheck.diagnose(analysis, this::look, _ -> {}));
    found.addAll(TaskRecords.diagnose(analysis));
    return found;
  }

  private TextLoader.Look look(DataPlan.Text data) {
    TextLoader loader = TextCheck.loader(data, caching);
    var text = new Text(TextCheck.folder(data), data.source(), data.tokenizer());
    FolderStamp stamp = loader.stamp(data.source());
    Seen before = seen.remove(text);
    Seen now =
        before != null && before.stamp().equals(stamp)
            ? before
            : new Seen(stamp, answer(loader, data));
    seen.putLast(text, now);
    if (seen.size() > KEPT) {
      seen.pollFirstEntry();
    }
    return now.answer().get();
  }

  private static Supplier<TextLoader.Look> answer(TextLoader loader, DataPlan.Text data) {
    try {
      TextLoader.Look look = loader.look(data.source(), data.tokenizer(), MOST);
      return () -> look;
    } catch (UserError e) {
      return () -> {
        throw e;
      };
    }
  }
}
