package dev.swax.cli.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.swax.cli.Host;
import dev.swax.compiler.load.ClassCache;
import dev.swax.compiler.model.DataPlan;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Caches;
import dev.swax.runtime.data.Caching;
import dev.swax.runtime.data.TextLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows caches of tokens and of compiled programs with their sizes, and removes them. */
public record ShowCaches(Host host, boolean json) {
  /** All of this user's. */
  public void all(boolean clean) {
    Caching caching = Loading.of(host);
    List<Shown> all = new ArrayList<>(Caches.all(caching.root()).stream().map(Shown::of).toList());
    programs(ClassCache.below(caching.root(), host.console()::message)).ifPresent(all::add);
    checked(CheckedTexts.file(caching.root())).ifPresent(all::add);
    print(all, clean, "there is no cache in " + caching.root());
  }

  private static Optional<Shown> programs(ClassCache cache) {
    try {
      var entry = new Caches.Entry(cache.folder(), "compiled programs", cache.bytes(), true);
      return entry.bytes() == 0
          ? Optional.empty()
          : Optional.of(new Shown(entry, () -> clean(cache)));
    } catch (IOException e) {
      throw new UserError("cannot look at %s: %s".formatted(cache.folder(), Reasons.of(e)), null);
    }
  }

  private static Optional<Shown> checked(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      var entry = new Caches.Entry(file, "texts that `check` found right", Files.size(file), true);
      return Optional.of(new Shown(entry, () -> clean(file)));
    } catch (IOException e) {
      throw new UserError("cannot look at %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  private static void clean(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UserError("cannot remove %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  private static void clean(ClassCache cache) {
    try {
      cache.clean();
    } catch (IOException e) {
      throw new UserError(
          "cannot remove the cache %s: %s".formatted(cache.folder(), Reasons.of(e)), null);
    }
  }

  /**
   * A cache.
   *
   * @param removal of it
   */
  private record Shown(Caches.Entry entry, Runnable removal) {
    static Shown of(Caches.Entry tokens) {
      return new Shown(tokens, () -> Caches.clean(tokens));
    }
  }

  /** Removes those of data blocks. */
  public void clean(List<DataPlan> blocks) {
    List<Caches.Entry> found = new ArrayList<>();
    for (DataPlan data : blocks.stream().flatMap(block -> block.parts().stream()).toList()) {
      if (data instanceof DataPlan.Text text) {
        new TextLoader(Plans.folder(text), Loading.of(host))
            .findCache(text.source(), text.tokenizer())
            .filter(entry -> !found.contains(entry))
            .ifPresent(found::add);
      }
    }
    print(found.stream().map(Shown::of).toList(), true, "there is no cache of this data");
  }

  private void print(List<Shown> caches, boolean clean, String none) {
    List<Caches.Entry> entries = caches.stream().map(Shown::entry).toList();
    if (json) {
      ArrayNode array = new JsonMapper().createArrayNode();
      for (Caches.Entry entry : entries) {
        array
            .addObject()
            .put("folder", entry.folder().toString())
            .put("of", entry.of())
            .put("bytes", entry.bytes())
            .put("complete", entry.complete());
      }
      host.console().out().println(array.toPrettyString());
    } else {
      entries.forEach(entry -> host.console().result(line(entry)));
      host.console().result(entries.isEmpty() ? none : total(entries));
    }
    if (clean) {
      caches.forEach(cache -> cache.removal().run());
      host.console().message("removed %d".formatted(entries.size()));
    }
  }

  private static String line(Caches.Entry entry) {
    return String.format(
        Locale.ROOT,
        "%,12.1f MB  %s  %s%s",
        entry.bytes() / 1e6,
        entry.folder(),
        entry.of(),
        entry.complete() ? "" : "  (not complete)");
  }

  private static String total(List<Caches.Entry> entries) {
    long bytes = entries.stream().mapToLong(Caches.Entry::bytes).sum();
    return String.format(
        Locale.ROOT,
        "%,12.1f MB  in %d %s",
        bytes / 1e6,
        entries.size(),
        entries.size() == 1 ? "cache" : "caches");
  }
}
