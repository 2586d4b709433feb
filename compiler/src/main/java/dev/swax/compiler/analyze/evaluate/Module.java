package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One file's names: its own first, then those of its imports, then those that all files know. */
public final class Module implements Scope {
  private static final SequencedMap<String, Binding> BUILT_IN = builtIn();

  private final SyntaxFile file;
  private final List<Module> imports = new ArrayList<>();
  private final SequencedMap<String, Binding> declared = new LinkedHashMap<>();

  public Module(SyntaxFile file) {
    this.file = file;
  }

  public SyntaxFile file() {
    return file;
  }

  /** Whether the file itself declares the name. */
  public boolean declares(String name) {
    return file.declarations().stream().anyMatch(d -> d.name().text().equals(name));
  }

  /** The files that it imports. */
  public List<Module> imports() {
    return List.copyOf(imports);
  }

  /** Those of the file, then those of its imports. */
  @Override
  public List<Declaration> declarations() {
    List<Declaration> all = new ArrayList<>(file.declarations());
    imports.forEach(module -> all.addAll(module.file.declarations()));
    return all;
  }

  public void addImport(Module module) {
    if (!imports.contains(module)) {
      imports.add(module);
    }
  }

  public void declare(String name, Binding binding) {
    declared.put(name, binding);
  }

  @Override
  public @Nullable Binding find(String name) {
    Binding own = declared.get(name);
    return own != null ? own : findImported(name);
  }

  /** What the declaration of that name sees of this file. */
  public Scope within(String name) {
    Binding imported = findImported(name);
    return imported == null ? this : new Own(this, name, imported);
  }

  private @Nullable Binding findImported(String name) {
    List<Module> holders = imports.stream().filter(m -> m.declared.containsKey(name)).toList();
    return switch (holders.size()) {
      case 0 -> BUILT_IN.containsKey(name) ? BUILT_IN.get(name) : Prelude.find(name);
      case 1 -> holders.getFirst().declared.get(name);
      default ->
          (evaluator, use) ->
              evaluator.reportAmbiguous(
                  name, holders.stream().map(m -> m.file.source().name()).toList(), use);
    };
  }

  @Override
  public void collect(SequencedSet<String> names) {
    names.addAll(declared.keySet());
    imports.forEach(module -> names.addAll(module.declared.keySet()));
    names.addAll(BUILT_IN.keySet());
    names.addAll(Prelude.names());
  }

  @Override
  public Scope over(Body body) {
    return new Body(this, body.instance(), body.hidden(), body.previous());
  }

  /** Whether every file has the name. */
  static boolean isBuiltIn(String name) {
    return BUILT_IN.containsKey(name) || Prelude.names().contains(name);
  }

  /** Words that stand for themselves, in every file. */
  public static List<String> words() {
    return Stream.concat(Stream.of(Word.values()).map(Word::text), Stream.of("true", "false"))
        .toList();
  }

  private static SequencedMap<String, Binding> builtIn() {
    SequencedMap<String, Binding> names = new LinkedHashMap<>();
    for (Constructor constructor : Constructor.all()) {
      names.put(constructor.text(), Binding.of(new Value.Construct(constructor)));
    }
    for (Function function : Function.values()) {
      names.put(function.text(), Binding.of(new Value.BuiltIn(function)));
    }
    for (Word word : Word.values()) {
      names.put(word.text(), Binding.of(new Value.Word(word.text())));
    }
    names.put("true", Binding.of(new Value.Truth(true)));
    names.put("false", Binding.of(new Value.Truth(false)));
    return names;
  }

  /** Words that stand for themselves. */
  private enum Word {
    NONE,
    CARRY,
    RESET,
    ANSWERS,
    ALL,
    SOFTMAX,
    SIGMOID,
    INTERLEAVED,
    HALF;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
