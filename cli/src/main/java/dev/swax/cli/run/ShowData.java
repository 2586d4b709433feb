package dev.swax.cli.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.compiler.model.DataPlan;
import dev.swax.runtime.data.Caches;
import dev.swax.runtime.data.Corpus;
import dev.swax.runtime.data.CorpusFacts;
import dev.swax.runtime.data.Document;
import dev.swax.runtime.data.Lengths;
import dev.swax.runtime.data.Notice;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.data.TextLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what data blocks hold. */
public record ShowData(Host host, boolean json) {
  private static final int MOST_FILES = 10;
  private static final int SAMPLE_TOKENS = 400;
  private static final int SAMPLE_CHARACTERS = 400;
  private static final int BAR = 40;

  /** Reads text; that of a large block through the cache. */
  public void print(List<DataPlan> blocks) {
    ArrayNode all = new JsonMapper().createArrayNode();
    for (DataPlan block : blocks) {
      switch (block) {
        case DataPlan.Examples examples -> {
          if (json) {
            all.addObject()
                .put("name", examples.name())
                .put("task", examples.examples().describe());
          } else {
            line("data %s: %s", examples.name(), examples.examples().describe());
          }
        }
        case DataPlan.Text text -> print(text, all);
        case DataPlan.Mixture mixture -> mixture(mixture, all);
      }
    }
    if (json) {
      host.console().out().println(all.toPrettyString());
    }
  }

  /** Its shares; the blocks that it mixes stand for themselves. */
  private void mixture(DataPlan.Mixture mixture, ArrayNode all) {
    if (json) {
      ObjectNode shares = all.addObject().put("name", mixture.name()).putObject("mix");
      mixture.mixed().forEach(part -> shares.put(part.data().name(), part.share().describe()));
      return;
    }
    String shares =
        mixture.mixed().stream()
            .map(part -> "%s %s".formatted(part.share().describe(), part.data().name()))
            .collect(Collectors.joining(", "));
    line("data %s: %s", mixture.name(), shares);
  }

  private void print(DataPlan.Text data, ArrayNode all) {
    var loader = new TextLoader(Plans.folder(data), Loading.of(host));
    Split split = loader.load(data.source(), data.tokenizer());
    CorpusFacts facts = CorpusFacts.of(split);
    Optional<Caches.Entry> cache = loader.findCache(data.source(), data.tokenizer());
    if (json) {
      json(all.addObject(), data, split, facts, cache);
    } else {
      text(data, split, facts, cache);
    }
  }

  private void text(
      DataPlan.Text data, Split split, CorpusFacts facts, Optional<Caches.Entry> cache) {
    line(
        "data %s: %s of %s, %,d tokens (%s)",
        data.name(),
        counted(facts.documents(), "document"),
        counted(facts.files().size(), "file"),
        facts.tokens(),
        data.tokenizer().unit());
    line(
        "  text        %,d bytes, %.4f tokens a byte",
        facts.bytes(), (double) facts.tokens() / facts.bytes());
    part("training", split.training());
    part("validation", split.validation());
    Lengths lengths = facts.lengths();
    line(
        "  lengths     shortest %,d, median %,d, 90 %% up to %,d, longest %,d tokens",
        lengths.shortest(), lengths.quantile(0.5), lengths.quantile(0.9), lengths.longest());
    histogram(facts);
    for (CorpusFacts.OfFile pattern : patterns(data, facts)) {
      line(
          "  %5.1f %% of the tokens, %s, %,d tokens, %,d bytes: files of `%s`",
          100.0 * pattern.tokens() / facts.tokens(),
          counted(pattern.documents(), "document"),
          pattern.tokens(),
          pattern.bytes(),
          pattern.name());
    }
    for (CorpusFacts.OfFile file : facts.files().subList(0, Math.min(MOST_FILES, files(facts)))) {
      line(
          "  %5.1f %% of the tokens, %s: %s",
          100.0 * file.tokens() / facts.tokens(),
          counted(file.documents(), "document"),
          file.name());
    }
    if (files(facts) > MOST_FILES) {
      line("  and %,d more files", files(facts) - MOST_FILES);
    }
    for (Notice notice : split.notices()) {
      line("  %s: %s", notice.doubtful() ? "warning" : "note", notice.text());
    }
    line(
        "  tokens are %s",
        cache
            .map(entry ->
                String.format(
                    Locale.ROOT, "kept in %s, %,.1f MB", entry.folder(), entry.bytes() / 1e6))
            .orElse("made when they are needed, without a cache"));
    sample(split.training());
  }

  /** None where there is only one. */
  private static List<CorpusFacts.OfFile> patterns(DataPlan.Text data, CorpusFacts facts) {
    List<CorpusFacts.OfFile> patterns = facts.patterns(Plans.folder(data), data.source());
    return patterns.size() > 1 ? patterns : List.of();
  }

  private static int files(CorpusFacts facts) {
    return facts.files().size();
  }

  private void part(String name, Corpus corpus) {
    line("  %-10s  %s, %,d tokens", name, counted(corpus.size(), "document"), corpus.tokens());
  }

  private static String counted(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  private void histogram(CorpusFacts facts) {
    Lengths lengths = facts.lengths();
    int last = Lengths.range(lengths.longest());
    for (int range = Lengths.range(lengths.shortest()); range <= last; range++) {
      double share = (double) lengths.documents(range) / facts.documents();
      line(
          "  %,11d to %,13d  %5.1f %% of documents, %5.1f %% of tokens  %s",
          range == 0 ? 0 : 1L << (2 * range),
          (1L << (2 * range + 2)) - 1,
          100 * share,
          100.0 * lengths.tokens(range) / facts.tokens(),
          "#".repeat((int) Math.round(BAR * share)));
    }
  }

  private void sample(Corpus corpus) {
    if (corpus.size() > 0) {
      Document document = corpus.document(corpus.size() / 2);
      line("  sample, `%s`:", document.name());
      text(corpus, document).lines().forEach(text -> line("    %s", text));
    }
  }

  private static String text(Corpus corpus, Document document) {
    int length = Math.min(document.length(), SAMPLE_TOKENS);
    byte[] bytes = corpus.tokenizer().decode(document.tokens().first(length));
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = Math.min(text.length(), SAMPLE_CHARACTERS);
    boolean cut = end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, cut ? end - 1 : end);
  }

  private void line(String format, Object... values) {
    Console console = host.console();
    console.result(String.format(Locale.ROOT, format, values));
  }

  private static void json(
      ObjectNode node,
      DataPlan.Text data,
      Split split,
      CorpusFacts facts,
      Optional<Caches.Entry> cache) {
    node.put("name", data.name());
    node.put("documents", facts.documents()).put("tokens", facts.tokens());
    node.put("bytes", facts.bytes()).put("tokenizer", data.tokenizer().describe());
    part(node.putObject("training"), split.training());
    part(node.putObject("validation"), split.validation());
    Lengths lengths = facts.lengths();
    ObjectNode tokens = node.putObject("lengths");
    tokens.put("shortest", lengths.shortest()).put("median", lengths.quantile(0.5));
    tokens.put("p90", lengths.quantile(0.9)).put("longest", lengths.longest());
    ArrayNode files = node.putArray("files");
    for (CorpusFacts.OfFile file : facts.files()) {
      files
          .addObject()
          .put("name", file.name())
          .put("documents", file.documents())
          .put("tokens", file.tokens());
    }
    ArrayNode patterns = node.putArray("patterns");
    for (CorpusFacts.OfFile pattern : facts.patterns(Plans.folder(data), data.source())) {
      patterns
          .addObject()
          .put("pattern", pattern.name())
          .put("documents", pattern.documents())
          .put("tokens", pattern.tokens())
          .put("bytes", pattern.bytes());
    }
    split.notices().stream().map(Notice::text).forEach(node.putArray("notices")::add);
    cache.ifPresent(entry ->
        node.putObject("cache")
            .put("folder", entry.folder().toString())
            .put("bytes", entry.bytes()));
    Corpus training = split.training();
    if (training.size() > 0) {
      Document document = training.document(training.size() / 2);
      node.putObject("sample").put("name", document.name()).put("text", text(training, document));
    }
  }

  private static void part(ObjectNode node, Corpus corpus) {
    node.put("documents", corpus.size()).put("tokens", corpus.tokens());
    node.put("sha256", corpus.hash());
  }
}
