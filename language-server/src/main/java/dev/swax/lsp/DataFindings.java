package dev.swax.lsp;

import dev.swax.compiler.diagnostic.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is wrong with the files that texts name. They are looked at when asked for, beside all other
 * work. While its text is edited, a finding stays with the declaration that it stands in, as long
 * as that is as it was.
 */
final class DataFindings {
  private final Desk desk;
  private final DataLook look;
  private final AtomicLong turns = new AtomicLong();
  private final Map<String, Long> newest = new ConcurrentHashMap<>();
  private final Map<String, List<Anchored>> found = new ConcurrentHashMap<>();

  DataFindings(Desk desk, DataLook look) {
    this.desk = desk;
    this.look = look;
  }

  /** Those of a text as it is now. */
  List<Diagnostic> of(String uri, Study study) {
    return found.getOrDefault(uri, List.of()).stream()
        .flatMap(finding -> finding.in(study.syntax()).stream())
        .toList();
  }

  /** Looks at what a text names, if nothing else is wrong; {@code changed}: if that is news. */
  void look(String uri, Study study, Runnable changed) {
    long turn = turns.incrementAndGet();
    newest.put(uri, turn);
    if (study.hasErrors() || !study.isFile()) {
      keep(uri, List.of(), changed);
      return;
    }
    desk.aside(() -> {
      if (isNewest(uri, turn)) {
        List<Anchored> all =
            look.at(study.analysis()).stream()
                .map(fault -> Anchored.of(fault, study.syntax()))
                .toList();
        desk.later(() -> {
          if (isNewest(uri, turn)) {
            keep(uri, all, changed);
          }
        });
      }
    });
  }

  private boolean isNewest(String uri, long turn) {
    return newest.getOrDefault(uri, -1L) == turn;
  }

  private void keep(String uri, List<Anchored> all, Runnable changed) {
    List<Anchored> before = found.getOrDefault(uri, List.of());
    found.put(uri, all);
    if (!before.equals(all)) {
      changed.run();
    }
  }

  /** The editor has the text no longer. */
  void forget(String uri) {
    newest.remove(uri);
    found.remove(uri);
  }
}
