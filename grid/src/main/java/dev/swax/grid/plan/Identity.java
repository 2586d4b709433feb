package dev.swax.grid.plan;

import dev.swax.runtime.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything that decides a cell's result, by path. Equal identities mean equal results. */
public final class Identity {
  private static final int SHOWN = 80;

  private final SequencedMap<String, String> lines;
  private final String hash;

  /** {@code lines} in a fixed order. */
  public Identity(SequencedMap<String, String> lines) {
    this.lines = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(lines));
    var text = new StringBuilder();
    lines.forEach((path, value) ->
        text.append(path).append('\n').append(value.length()).append('\n').append(value));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    this.hash = HexFormat.of().formatHex(Hashes.sha256().digest(bytes));
  }

  public SequencedMap<String, String> lines() {
    return lines;
  }

  /** SHA-256 over the lines, in hexadecimal. */
  public String hash() {
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Identity identity && identity.hash.equals(hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  /** What differs from an earlier identity, one sentence each. */
  public List<String> changesSince(Map<String, String> before) {
    var paths = new TreeSet<>(lines.keySet());
    paths.addAll(before.keySet());
    return paths.stream()
        .filter(path -> !value(lines, path).equals(value(before, path)))
        .map(path -> change(path, value(before, path), value(lines, path)))
        .toList();
  }

  /** Long values from a little before where they begin to differ. */
  private static String change(String path, String before, String now) {
    int same = 0;
    while (same < Math.min(before.length(), now.length())
        && before.charAt(same) == now.charAt(same)) {
      same++;
    }
    int from = Math.max(before.length(), now.length()) <= SHOWN ? 0 : Math.max(0, same - SHOWN / 2);
    return "%s was %s, is %s".formatted(path, shown(before, from), shown(now, from));
  }

  private static String value(Map<String, String> lines, String path) {
    return lines.getOrDefault(path, "not there");
  }

  private static String shown(String value, int from) {
    String line = (from > 0 ? "…" : "") + value.substring(from).replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}
