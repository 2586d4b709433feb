package dev.swax.cli.run;

import dev.swax.cli.Version;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.Hashes;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.data.Caching;
import dev.swax.runtime.data.FolderStamp;
import dev.swax.runtime.data.Notice;
import dev.swax.runtime.data.TextLoader;
import dev.swax.runtime.file.NewFile;
import dev.swax.runtime.file.OwnFolder;
import dev.swax.runtime.train.TrainingText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at text, but not again at large text with which nothing was wrong, as long as its files
 * look as they did. What is remembered between processes is one hash for each text, over all that
 * the answer depends on.
 */
final class CheckedTexts implements TextCheck.Looks {
  private static final String NAME = "checked";

  /** Texts that are remembered. */
  private static final int MOST = 256;

  /** Bytes of files from which looking at them takes time. */
  private static final long LARGE = 1 << 20;

  private static final TextLoader.Look RIGHT = new TextLoader.Look(Optional.empty(), "");

  private final Analysis analysis;
  private final Caching caching;
  private final Consumer<String> notes;
  private boolean told;

  /** {@code notes}: told what keeps it from remembering. */
  CheckedTexts(Analysis analysis, Caching caching, Consumer<String> notes) {
    this.analysis = analysis;
    this.caching = caching;
    this.notes = notes;
  }

  /** Where it is remembered, in a folder of caches. */
  static Path file(Path caches) {
    return caches.resolve(NAME);
  }

  @Override
  public TextLoader.Look at(DataPlan.Text data) {
    TextLoader loader = TextCheck.loader(data, caching);
    FolderStamp stamp = loader.stamp(data.source());
    boolean large = stamp.bytes() >= LARGE;
    List<Integer> sequences = sequences(data);
    String hash = large ? hash(data, stamp, sequences) : "";
    if (large && known().contains(hash)) {
      return RIGHT;
    }
    TextLoader.Look look = loader.look(data.source(), data.tokenizer());
    if (large && isRight(look, data, sequences)) {
      remember(hash);
    }
    return look;
  }

  /** The lengths of those that are trained on. */
  private List<Integer> sequences(DataPlan.Text data) {
    return analysis.trains().stream()
        .filter(train -> data.equals(train.data()))
        .map(TrainPlan::recipe)
        .map(recipe -> recipe.sequence())
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isRight(
      TextLoader.Look look, DataPlan.Text data, List<Integer> sequences) {
    return look.remark().isEmpty()
        && look.split()
            .map(split -> new TrainingText(split, data.packing()))
            .filter(text -> text.notices().stream().noneMatch(Notice::doubtful))
            .filter(text -> sequences.stream().allMatch(s -> text.obstacle(s).isEmpty()))
            .isPresent();
  }

  private static String hash(DataPlan.Text data, FolderStamp stamp, List<Integer> sequences) {
    String asked =
        String.join(
            "\n",
            Version.build(),
            TextCheck.folder(data).toAbsolutePath().normalize().toString(),
            data.source().toString(),
            data.tokenizer().describe(),
            data.packing().text(),
            sequences.toString(),
            stamp.toString());
    byte[] bytes = asked.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Hashes.sha256().digest(bytes));
  }

  private List<String> known() {
    try {
      byte[] bytes = RegularFile.bytes(file(caching.root()), RegularFile.SMALL);
      return new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      notKept(e);
      return List.of();
    }
  }

  /** After those that are there; two processes at a time may keep one of both. */
  private void remember(String hash) {
    List<String> all = new ArrayList<>(known());
    all.add(hash);
    String text = String.join("\n", all.subList(Math.max(0, all.size() - MOST), all.size())) + "\n";
    try {
      OwnFolder.create(caching.root().toAbsolutePath());
      NewFile.write(file(caching.root()), text);
    } catch (IOException e) {
      notKept(e);
    }
  }

  private void notKept(IOException e) {
    if (!told) {
      told = true;
      notes.accept(
          "texts that are right are not remembered in %s: %s; `%s=DIR` names another folder"
              .formatted(file(caching.root()), Reasons.of(e), Caching.VARIABLE));
    }
  }
}
