package dev.swax.cli.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.swax.cli.Host;
import dev.swax.compiler.model.DataPlan;
import dev.swax.runtime.data.Caches;
import dev.swax.runtime.data.Caching;
import dev.swax.runtime.data.TextLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows caches of tokens with their sizes, and removes them. */
public record ShowCaches(Host host, boolean json) {
  /** All of this user's. */
  public void all(boolean clean) {
    Caching caching = Loading.of(host);
    print(Caches.all(caching.root()), clean, "there is no cache in " + caching.root());
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
    print(found, true, "there is no cache of this data");
  }

  private void print(List<Caches.Entry> entries, boolean clean, String none) {
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
      entries.forEach(Caches::clean);
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
