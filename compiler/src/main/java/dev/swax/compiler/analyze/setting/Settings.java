package dev.swax.compiler.analyze.setting;

import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Redefinition;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a profile and the command line set. {@code train.seq} means the key of every train block,
 * {@code paper.seq} and {@code train.paper.seq} that of one declaration, {@code size} a {@code
 * let}, or where there is none the key of every model; {@code train.lr.peak} reaches into a value.
 *
 * <p>The command line's hold before the profile's; of each, those that name a declaration before
 * those of a kind; of those that are alike, the later.
 */
public final class Settings {
  private static final String MODEL = "model";

  /** Kinds of declarations that a path may begin with. */
  public static final List<String> KINDS = List.of("train", MODEL, "data", "grid");

  /** {@code train.lr.peak}: declaration, key, argument. */
  static final int LONGEST_PATH = 3;

  private final List<Declaration.Setting> ofProfile;
  private final List<Declaration.Setting> typed;
  private final List<Declaration.Setting> settings;
  private final Module root;

  /** Settings of a profile and the command line, where the names of {@code root} are in sight. */
  public Settings(
      List<Declaration.Setting> ofProfile, List<Declaration.Setting> typed, Module root) {
    this.root = root;
    this.ofProfile = ofProfile.stream().map(setting -> inFull(setting, root)).toList();
    this.typed = typed.stream().map(setting -> inFull(setting, root)).toList();
    this.settings = Stream.concat(this.ofProfile.stream(), this.typed.stream()).toList();
  }

  /** All of them, the profile's first. */
  List<Declaration.Setting> all() {
    return settings;
  }

  /** Whether the command line has it. */
  boolean isTyped(Declaration.Setting setting) {
    return typed.stream().anyMatch(one -> one.span().equals(setting.span()));
  }

  /** Those that can mean a declaration of that file: the root's own names hide an import's. */
  public Settings of(Module module) {
    return module.equals(root) ? this : new Settings(foreign(ofProfile), foreign(typed), root);
  }

  private List<Declaration.Setting> foreign(List<Declaration.Setting> written) {
    return written.stream().filter(s -> !root.declares(s.path().getFirst().text())).toList();
  }

  /** {@code train.paper.seq} as {@code paper.seq}, and {@code memory} as {@code model.memory}. */
  static Declaration.Setting inFull(Declaration.Setting setting, Module root) {
    List<Expression.Name> path = setting.path();
    Expression.Name first = path.getFirst();
    if (path.size() == 1 && isOfModels(first, root)) {
      var model = new Expression.Name(first.span(), MODEL, false);
      return new Declaration.Setting(setting.span(), List.of(model, first), setting.value());
    }
    boolean named =
        path.size() > 2
            && root.declarations().stream()
                .anyMatch(d -> isKind(path.getFirst().text(), d, path.get(1).text()));
    return named
        ? new Declaration.Setting(setting.span(), path.subList(1, path.size()), setting.value())
        : setting;
  }

  /** Whether one word can only be a key of models. */
  private static boolean isOfModels(Expression.Name name, Module root) {
    return !KINDS.contains(name.text())
        && root.declarations().stream().noneMatch(d -> d.name().text().equals(name.text()));
  }

  static boolean isKind(String kind, Declaration declaration, String name) {
    return declaration.name().text().equals(name)
        && switch (declaration) {
          case Declaration.Train _ -> kind.equals("train");
          case Declaration.Model _ -> kind.equals("model");
          case Declaration.Data _ -> kind.equals("data");
          case Declaration.Grid _ -> kind.equals("grid");
          default -> false;
        };
  }

  /** The definitions for a declaration of that name or kind, of those keys that it has. */
  public List<Redefinition> of(String first, List<String> keys) {
    return of(settings, first, keys);
  }

  private List<Redefinition> of(List<Declaration.Setting> among, String first, List<String> keys) {
    List<Redefinition> definitions = new ArrayList<>();
    for (Declaration.Setting setting : among) {
      List<Expression.Name> path = setting.path();
      if (path.size() > 1
          && path.size() <= LONGEST_PATH
          && path.getFirst().text().equals(first)
          && keys.contains(path.get(1).text())) {
        Expression.Name key = path.get(1);
        definitions.add(Redefinition.set(setting, key, value(setting, path), root));
      }
    }
    return definitions;
  }

  /** The definitions for one declaration, those that hold before others behind them. */
  public List<Redefinition> of(String kind, String name, List<String> keys) {
    List<Redefinition> definitions = new ArrayList<>();
    for (List<Declaration.Setting> among : List.of(ofProfile, typed)) {
      definitions.addAll(of(among, kind, keys));
      definitions.addAll(of(among, name, keys));
    }
    return definitions;
  }

  /** The settings of a {@code let}, the last one deciding. */
  public List<Declaration.Setting> ofLet(String name) {
    return settings.stream()
        .filter(s -> s.path().size() == 1 && s.path().getFirst().text().equals(name))
        .toList();
  }

  /** Whether anything is set on that declaration. */
  public boolean mentions(String name) {
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
}
