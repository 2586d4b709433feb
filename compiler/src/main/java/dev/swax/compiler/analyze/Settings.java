package dev.swax.compiler.analyze;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * What a profile and the command line set. {@code train.seq} means the key of every train block,
 * {@code paper.seq} and {@code train.paper.seq} that of one declaration, {@code size} a {@code
 * let}; {@code train.lr.peak} reaches into a value.
 */
final class Settings {
  private static final List<String> KINDS = List.of("train", "model", "data");

  private static final int LONGEST_PATH = 3;

  private final List<Declaration.Setting> settings;
  private final Module module;
  private final SequencedSet<Declaration.Setting> used = new LinkedHashSet<>();

  Settings(List<Declaration.Setting> settings, Module module) {
    this.module = module;
    this.settings = settings.stream().map(this::withoutKind).toList();
  }

  /** {@code train.paper.seq} as {@code paper.seq}. */
  private Declaration.Setting withoutKind(Declaration.Setting setting) {
    List<Expression.Name> path = setting.path();
    boolean named =
        path.size() > 2
            && module.file().declarations().stream()
                .anyMatch(d -> isKind(path.getFirst().text(), d, path.get(1).text()));
    return named
        ? new Declaration.Setting(setting.span(), path.subList(1, path.size()), setting.value())
        : setting;
  }

  private static boolean isKind(String kind, Declaration declaration, String name) {
    return declaration.name().text().equals(name)
        && switch (declaration) {
          case Declaration.Train _ -> kind.equals("train");
          case Declaration.Model _ -> kind.equals("model");
          case Declaration.Data _ -> kind.equals("data");
          default -> false;
        };
  }

  /** The definitions for every declaration of a kind, of those keys that it has. */
  List<Redefinition> of(String kind, List<String> keys) {
    List<Redefinition> definitions = new ArrayList<>();
    for (Declaration.Setting setting : settings) {
      List<Expression.Name> path = setting.path();
      if (path.size() > 1
          && path.size() <= LONGEST_PATH
          && path.getFirst().text().equals(kind)
          && keys.contains(path.get(1).text())) {
        used.add(setting);
        definitions.add(
            Redefinition.late(
                path.get(1).text(), path.get(1).span(), value(setting, path), module));
      }
    }
    return definitions;
  }

  /** The definitions for one declaration: those of its kind, then those of its name. */
  List<Redefinition> of(String kind, String name, List<String> keys) {
    List<Redefinition> definitions = new ArrayList<>(of(kind, keys));
    definitions.addAll(of(name, keys));
    return definitions;
  }

  /** The settings of a {@code let}, the last one deciding. */
  List<Declaration.Setting> ofLet(String name) {
    List<Declaration.Setting> found =
        settings.stream()
            .filter(s -> s.path().size() == 1 && s.path().getFirst().text().equals(name))
            .toList();
    used.addAll(found);
    return found;
  }

  /** Whether anything is set on that declaration. */
  boolean mentions(String name) {
    return settings.stream().anyMatch(s -> s.path().getFirst().text().equals(name));
  }

  /** {@code train.lr.peak = x} as {@code lr with { peak = x }}. */
  private static Expression value(Declaration.Setting setting, List<Expression.Name> path) {
    Expression value = setting.value();
    return path.size() == 2
        ? value
        : new Expression.With(
            value.span(),
            path.get(1),
            List.of(new Expression.Replacement(value.span(), path.get(2), value)));
  }

  /** Reports the settings that nothing has asked for. */
  void reportUnused(Diagnostics diagnostics) {
    for (Declaration.Setting setting : settings) {
      if (!used.contains(setting)) {
        report(setting, diagnostics);
      }
    }
  }

  private void report(Declaration.Setting setting, Diagnostics diagnostics) {
    Expression.Name first = setting.path().getFirst();
    List<String> known = new ArrayList<>(KINDS);
    module.file().declarations().forEach(d -> known.add(d.name().text()));
    if (!known.contains(first.text())) {
      diagnostics.report(
          Code.UNKNOWN_NAME,
          first.span(),
          "nothing here is called `%s`".formatted(first.text()),
          Nearest.help(first.text(), known));
      return;
    }
    if (setting.path().size() == 1) {
      diagnostics.report(
          Code.WRONG_TYPE,
          first.span(),
          "`%s` is not a single value; a setting names one of its keys".formatted(first.text()),
          null);
      return;
    }
    Expression.Name key = setting.path().get(setting.path().size() > LONGEST_PATH ? 3 : 1);
    diagnostics.report(
        Code.UNKNOWN_KEY,
        key.span(),
        "`%s` has no entry `%s`".formatted(first.text(), key.text()),
        Nearest.help(key.text(), keys(first.text())));
  }

  private List<String> keys(String first) {
    SequencedSet<String> keys = new LinkedHashSet<>();
    for (Declaration declaration : module.file().declarations()) {
      boolean named = declaration.name().text().equals(first);
      switch (declaration) {
        case Declaration.Train _ when named || first.equals("train") ->
            keys.addAll(Schemas.TRAIN.names());
        case Declaration.Data _ when named || first.equals("data") ->
            keys.addAll(Schemas.DATA.names());
        case Declaration.Model model when named || first.equals("model") -> {
          model.parameters().forEach(p -> keys.add(p.name().text()));
          keys.addAll(Schemas.MODEL.names());
        }
        default -> {}
      }
    }
    return List.copyOf(keys);
  }
}
