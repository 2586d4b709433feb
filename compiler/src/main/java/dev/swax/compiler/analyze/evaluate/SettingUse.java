package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Which settings the declarations of a file rest on, and what took the place of others. */
public final class SettingUse {
  private final SequencedSet<Declaration.Setting> used = new LinkedHashSet<>();
  private final SequencedSet<Declaration.Setting> everywhere = new LinkedHashSet<>();
  private final SequencedMap<Declaration.Setting, SequencedSet<String>> blocks =
      new LinkedHashMap<>();
  private final SequencedSet<Declaration.Setting> ofModels = new LinkedHashSet<>();
  private final SequencedMap<Declaration.Setting, Span> replaced = new LinkedHashMap<>();
  private final SequencedMap<Declaration.Setting, Declaration.Setting> overruled =
      new LinkedHashMap<>();

  /** What a declaration rests on; lets and windows count where something else uses them. */
  public void note(Declaration declaration, Collection<Declaration.Setting> settings) {
    switch (declaration) {
      case Declaration.Model _ -> ofModels.addAll(settings);
      case Declaration.Train train -> noteBlock("train " + train.name().text(), settings);
      case Declaration.Data data -> noteBlock("data " + data.name().text(), settings);
      case Declaration.Grid grid -> noteBlock("grid " + grid.name().text(), settings);
      case Declaration.Part _, Declaration.Expect _ -> {
        used.addAll(settings);
        everywhere.addAll(settings);
      }
      case Declaration.Let _, Declaration.Window _, Declaration.Profile _ -> {}
    }
  }

  private void noteBlock(String block, Collection<Declaration.Setting> settings) {
    used.addAll(settings);
    settings.forEach(s -> blocks.computeIfAbsent(s, _ -> new LinkedHashSet<>()).add(block));
  }

  /** The blocks that rest on it, {@code train small}; none where something else does too. */
  public List<String> blocks(Declaration.Setting setting) {
    return everywhere.contains(setting)
        ? List.of()
        : List.copyOf(blocks.getOrDefault(setting, new LinkedHashSet<>()));
  }

  /** What the file itself, or another setting, gives a name after a setting did. */
  void noteReplaced(List<Redefinition> redefinitions) {
    SequencedMap<String, Declaration.Setting> set = new LinkedHashMap<>();
    for (Redefinition redefinition : redefinitions) {
      Declaration.Setting before = set.remove(redefinition.name());
      Declaration.Setting setting = redefinition.setting();
      if (setting != null) {
        set.put(redefinition.name(), setting);
        if (before != null) {
          overruled.putIfAbsent(before, setting);
        }
      } else if (before != null) {
        replaced.putIfAbsent(before, redefinition.key());
      }
    }
  }

  /** Whether anything but a model that stands alone rests on it. */
  public boolean isUsed(Declaration.Setting setting) {
    return used.contains(setting);
  }

  /** Whether a model as it is declared rests on it. */
  public boolean isUsedByModel(Declaration.Setting setting) {
    return ofModels.contains(setting);
  }

  /** Where the file gives the name itself; null where no use of it does. */
  public @Nullable Span replacement(Declaration.Setting setting) {
    return replaced.get(setting);
  }

  /** The setting that is taken instead; null where none is. */
  public Declaration.@Nullable Setting overruling(Declaration.Setting setting) {
    return overruled.get(setting);
  }
}
