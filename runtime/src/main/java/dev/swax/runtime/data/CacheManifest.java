package dev.swax.runtime.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.DamagedFileException;
import dev.swax.runtime.checkpoint.SealedJson;
import dev.swax.runtime.data.cache.PartState;
import dev.swax.runtime.data.format.Skipped;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a cache holds, or how far its building has come.
 *
 * @param question that it answers: {@link TextCache#question}
 * @param sources its files, those of validation first
 * @param source the file that comes next
 * @param record how many records of that file are done
 * @param training what is written of it
 * @param validation what is written of it
 * @param trainingHash that of the corpus; empty while it is being built
 * @param validationHash that of the corpus; empty while it is being built
 * @param skipped what was left out of files that are done because it is malformed
 * @param excluded names of the first documents that are not trained on because they are validation
 *     text too
 * @param excludedCount how many these are
 * @param end where validation text begins in the only file; null where names decide
 */
record CacheManifest(
    String question,
    List<SourceStamp> sources,
    int source,
    long record,
    PartState training,
    PartState validation,
    String trainingHash,
    String validationHash,
    Skipped skipped,
    List<String> excluded,
    long excludedCount,
    @Nullable FileEnd end) {
  private static final String FILE = "manifest.json";
  private static final JsonMapper JSON = new JsonMapper();

  CacheManifest {
    sources = List.copyOf(sources);
    excluded = List.copyOf(excluded);
  }

  /** Before the first file. */
  static CacheManifest begin(String question, List<SourceStamp> sources, @Nullable FileEnd end) {
    return new CacheManifest(
        question,
        sources,
        0,
        0,
        PartState.EMPTY,
        PartState.EMPTY,
        "",
        "",
        Skipped.NONE,
        List.of(),
        0,
        end);
  }

  /** The same of files that look otherwise. */
  CacheManifest withSources(List<SourceStamp> stamps) {
    return new CacheManifest(
        question,
        stamps,
        source,
        record,
        training,
        validation,
        trainingHash,
        validationHash,
        skipped,
        excluded,
        excludedCount,
        end);
  }

  /** The same, complete. */
  CacheManifest withHashes(String ofTraining, String ofValidation) {
    return new CacheManifest(
        question,
        sources,
        source,
        record,
        training,
        validation,
        ofTraining,
        ofValidation,
        skipped,
        excluded,
        excludedCount,
        end);
  }

  /** What should be known of the text; refuses text of which one part would be empty. */
  List<Notice> notices(TextSource text, boolean divided) {
    List<Notice> notices = new ArrayList<>();
    if (training.documents() + validation.documents() == 0) {
      String names = String.join(", ", text.files().stream().map(p -> "`" + p + "`").toList());
      throw new UserError(
          skipped.records() == 0
              ? "the text is empty: every file of %s has 0 bytes".formatted(names)
              : "no text is left of %s: %s".formatted(names, skipped.text()),
          null);
    }
    if (end != null) {
      notices.add(HoldOut.end(only(), end.border(), end.length(), end.lines()));
    } else if (divided && text.validation().isEmpty()) {
      HoldOut.require(training.documents(), validation.documents(), text.heldOut());
    } else if (divided) {
      notices.addAll(HoldOut.excluded(excluded, excludedCount, training.documents()));
    }
    if (skipped.records() > 0) {
      notices.add(new Notice(skipped.text(), true));
    }
    return notices;
  }

  /** The name of the only file that is not empty. */
  private String only() {
    return sources.stream()
        .filter(stamp -> stamp.bytes() > 0)
        .map(SourceStamp::name)
        .findFirst()
        .orElse("");
  }

  /** Files that are not what they were when their tokens were made, and files that came or went. */
  List<String> changes(List<SourceStamp> now) {
    SequencedMap<String, SourceStamp> before = new LinkedHashMap<>();
    sources.forEach(source -> before.put(source.name(), source));
    List<String> changes = new ArrayList<>();
    for (SourceStamp stamp : now) {
      SourceStamp known = before.remove(stamp.name());
      if (known == null) {
        changes.add("`%s` has come".formatted(stamp.name()));
      } else if (!known.looksLike(stamp)) {
        changes.add("`%s` %s".formatted(stamp.name(), known.difference(stamp)));
      }
    }
    before.keySet().forEach(name -> changes.add("`%s` has gone".formatted(name)));
    return changes;
  }

  void write(Path folder) throws IOException {
    NewFile.write(folder.resolve(FILE), SealedJson.seal(toJson()));
  }

  private ObjectNode toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("question", question);
    ArrayNode files = root.putArray("sources");
    for (SourceStamp stamp : sources) {
      files
          .addObject()
          .put("name", stamp.name())
          .put("bytes", stamp.bytes())
          .put("modified", stamp.modified())
          .put("key", stamp.key())
          .put("sha256", stamp.hash());
    }
    root.put("source", source).put("record", record);
    put(root.putObject("training"), training, trainingHash);
    put(root.putObject("validation"), validation, validationHash);
    ObjectNode kinds = root.putObject("skipped");
    skipped
        .kinds()
        .forEach((kind, count) ->
            kinds.putObject(kind).put("records", count.records()).put("first", count.first()));
    excluded.forEach(root.putArray("excluded")::add);
    root.put("excludedCount", excludedCount);
    if (end != null) {
      root.putObject("end")
          .put("border", end.border())
          .put("length", end.length())
          .put("lines", end.lines());
    }
    return root;
  }

  private static void put(ObjectNode node, PartState state, String hash) {
    node.put("documents", state.documents())
        .put("tokens", state.tokens())
        .put("complete", state.complete())
        .put("begun", state.begun())
        .put("bytes", state.bytes())
        .put("longest", state.longest())
        .put("sha256", hash);
  }

  /** That of a folder; nothing where there is none that is whole. */
  static Optional<CacheManifest> read(Path folder) throws IOException {
    try {
      return Optional.of(
          parse(SealedJson.open(RegularFile.text(folder.resolve(FILE), Integer.MAX_VALUE))));
    } catch (NoSuchFileException | DamagedFileException e) {
      return Optional.empty();
    }
  }

  private static CacheManifest parse(ObjectNode root) {
    List<SourceStamp> sources = new ArrayList<>();
    for (JsonNode node : root.path("sources")) {
      sources.add(
          new SourceStamp(
              node.path("name").asText(),
              node.path("bytes").asLong(),
              node.path("modified").asLong(),
              node.path("key").asText(),
              node.path("sha256").asText()));
    }
    SequencedMap<String, Skipped.Count> kinds = new LinkedHashMap<>();
    root.path("skipped")
        .properties()
        .forEach(kind ->
            kinds.put(
                kind.getKey(),
                new Skipped.Count(
                    kind.getValue().path("records").asLong(),
                    kind.getValue().path("first").asText())));
    List<String> excluded = new ArrayList<>();
    root.path("excluded").forEach(name -> excluded.add(name.asText()));
    return new CacheManifest(
        root.path("question").asText(),
        sources,
        root.path("source").asInt(),
        root.path("record").asLong(),
        state(root.path("training")),
        state(root.path("validation")),
        root.path("training").path("sha256").asText(),
        root.path("validation").path("sha256").asText(),
        new Skipped(kinds),
        excluded,
        root.path("excludedCount").asLong(),
        end(root.path("end")));
  }

  private static @Nullable FileEnd end(JsonNode node) {
    return node.isMissingNode()
        ? null
        : new FileEnd(
            node.path("border").asLong(),
            node.path("length").asLong(),
            node.path("lines").asBoolean());
  }

  private static PartState state(JsonNode node) {
    return new PartState(
        node.path("documents").asLong(),
        node.path("tokens").asLong(),
        node.path("complete").asLong(),
        node.path("begun").asInt(),
        node.path("bytes").asLong(),
        node.path("longest").asInt());
  }
}
