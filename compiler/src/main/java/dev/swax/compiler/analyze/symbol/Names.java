package dev.swax.compiler.analyze.symbol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that an expression sees: those around it, nearest first, then those of a body that
 * {@code with} changes, then those of the file.
 */
final class Names {
  private final List<Map<String, Entity>> near;
  private final List<Map<String, Entity>> bases;
  private final FileNames file;
  private final String own;

  private Names(
      List<Map<String, Entity>> near, List<Map<String, Entity>> bases, FileNames file, String own) {
    this.near = near;
    this.bases = bases;
    this.file = file;
    this.own = own;
  }

  /** What a declaration of a file sees, whose own name means what an import has under it. */
  static Names of(FileNames file, String own) {
    return new Names(List.of(), List.of(), file, own);
  }

  /** The same with nearer names; later changes of the map are seen. */
  Names with(Map<String, Entity> names) {
    return new Names(before(names, near), bases, file, own);
  }

  /** The same with the names of a body that {@code with} changes. */
  Names over(Map<String, Entity> names) {
    return new Names(near, before(names, bases), file, own);
  }

  private static List<Map<String, Entity>> before(
      Map<String, Entity> first, List<Map<String, Entity>> others) {
    List<Map<String, Entity>> all = new ArrayList<>();
    all.add(first);
    all.addAll(others);
    return all;
  }

  /** What the name means, or null. */
  @Nullable Entity find(String name) {
    Entity local = findNear(name);
    return local != null ? local : file.find(name, own);
  }

  /** What the name means beside the names of the file, or null. */
  @Nullable Entity findNear(String name) {
    for (List<Map<String, Entity>> frames : List.of(near, bases)) {
      for (Map<String, Entity> frame : frames) {
        Entity found = frame.get(name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Everything in sight, nearest first, each name once. */
  List<Symbol> all() {
    Map<String, Symbol> all = nearByName();
    for (String name : file.names()) {
      Entity entity = file.find(name, own);
      if (entity != null) {
        all.putIfAbsent(name, entity.symbol());
      }
    }
    return List.copyOf(all.values());
  }

  /** The same without the names of the file. */
  List<Symbol> near() {
    return List.copyOf(nearByName().values());
  }

  private Map<String, Symbol> nearByName() {
    Map<String, Symbol> all = new LinkedHashMap<>();
    for (List<Map<String, Entity>> frames : List.of(near, bases)) {
      for (Map<String, Entity> frame : frames) {
        frame.forEach((name, entity) -> all.putIfAbsent(name, entity.symbol()));
      }
    }
    return all;
  }
}
