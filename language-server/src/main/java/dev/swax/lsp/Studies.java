package dev.swax.lsp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Files as they are now; each state is worked out once. */
final class Studies {
  private final Workspace workspace;
  private final Map<String, Study> known = new LinkedHashMap<>();

  Studies(Workspace workspace) {
    this.workspace = workspace;
  }

  Workspace workspace() {
    return workspace;
  }

  /** The file that the editor calls so. */
  Optional<Study> ofUri(String uri) {
    return of(workspace.name(uri));
  }

  /** The file of that name, or empty if there is none. */
  Optional<Study> of(String name) {
    Optional<Parsed> parsed = workspace.find(name);
    if (parsed.isEmpty()) {
      known.remove(name);
      return Optional.empty();
    }
    Study study = known.get(name);
    if (study == null || !study.isCurrent()) {
      study = Study.of(workspace, parsed.get());
      known.put(name, study);
    }
    return Optional.of(study);
  }
}
