package dev.swax.runtime.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a new run directory is filled with.
 *
 * @param source text of the swax file
 * @param imports text of the files that it imports, by path below {@code imports/}
 * @param config every value, by path
 * @param code text of the generated Java files, by path below {@code src/}
 * @param version of swax
 * @param device that the run is for, in words
 * @param assumptions one line each
 */
public record RunDescription(
    String source,
    SequencedMap<String, String> imports,
    SequencedMap<String, String> config,
    SequencedMap<String, String> code,
    String version,
    long seed,
    String device,
    List<String> assumptions) {
  public RunDescription {
    imports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(imports));
    config = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(config));
    code = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(code));
    assumptions = List.copyOf(assumptions);
  }
}
