package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Prelude;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.syntax.Declaration;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of a file: its own, those of its imports, those that every file has. */
final class FileNames {
  /** The parts that every file knows, which are a file too. */
  private static final FileNames PARTS = of(Prelude.module());

  private final SequencedMap<String, Entity> own = new LinkedHashMap<>();
  private final List<FileNames> imports;

  private FileNames(Module module, Map<Module, FileNames> known) {
    known.put(module, this);
    imports =
        module.imports().stream()
            .map(imported -> {
              FileNames names = known.get(imported);
              return names == null ? new FileNames(imported, known) : names;
            })
            .toList();
    for (Declaration declaration : module.file().declarations()) {
      declare(declaration);
    }
  }

  static FileNames of(Module module) {
    return new FileNames(module, new IdentityHashMap<>());
  }

  private void declare(Declaration declaration) {
    String name = declaration.name().text();
    Names scope = Names.of(this, name);
    Symbol symbol = Descriptions.declaration(declaration);
    switch (declaration) {
      case Declaration.Let let ->
          own.putIfAbsent(name, Entity.of(symbol, Wanted.ANY, let.value(), scope));
      case Declaration.Model _,
          Declaration.Window _,
          Declaration.Part _,
          Declaration.Data _,
          Declaration.Train _ ->
          own.putIfAbsent(
              name, new Entity(symbol, Wanted.ANY, new Entity.Declared(declaration, scope)));
      case Declaration.Profile _, Declaration.Grid _, Declaration.Expect _ -> {}
    }
  }

  /**
   * What the name means, or null.
   *
   * @param inside the declaration that asks: its own name means what an import has under it
   */
  @Nullable Entity find(String name, String inside) {
    Entity declared = own.get(name);
    if (declared != null && !name.equals(inside)) {
      return declared;
    }
    for (FileNames imported : imports) {
      Entity found = imported.own.get(name);
      if (found != null) {
        return found;
      }
    }
    Entity known = Language.names().get(name);
    Entity part = known == null ? PARTS.own.get(name) : known;
    return part == null ? declared : part;
  }

  /** What the file itself declares under a name, or null. */
  @Nullable Entity declared(String name) {
    return own.get(name);
  }

  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(own.sequencedKeySet());
    imports.forEach(imported -> names.addAll(imported.own.sequencedKeySet()));
    names.addAll(Language.names().sequencedKeySet());
    names.addAll(PARTS.own.sequencedKeySet());
    return names;
  }
}
