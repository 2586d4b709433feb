package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.analyze.evaluate.Accepted;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.analyze.setting.Settings;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The paths of a profile: {@code train.lr.peak = 1e-3}. */
final class SettingWalk {
  private final Walk walk;
  private final ExpressionWalk expressions;
  private final FileNames file;
  private final Module module;

  SettingWalk(Walk walk, ExpressionWalk expressions, FileNames file, Module module) {
    this.walk = walk;
    this.expressions = expressions;
    this.file = file;
    this.module = module;
  }

  void setting(Declaration.Setting setting) {
    List<Expression.Name> path = setting.path();
    SequencedMap<String, Entity> members = starts();
    Names names = Names.of(file, "");
    Entity entity = null;
    for (int at = 0; at < path.size(); at++) {
      if (at == 1) { // the value stands in the declaration that it changes
        names = names.with(members);
      }
      Expression.Name name = path.get(at);
      List<Symbol> all = members.values().stream().map(Entity::symbol).toList();
      boolean mayGoOn = at == 0 && path.size() == 1;
      if (!walk.asks(name, () -> Site.ofKeys(all, mayGoOn ? "" : " = "))) {
        entity = members.get(name.text());
        walk.uses(name, entity);
      }
      members = next(name.text(), entity, at);
    }
    Accepted wanted = entity == null ? Wanted.ANY : entity.wanted();
    expressions.expression(setting.value(), names, wanted);
  }

  /** What a path may begin with: a kind of declaration, or one of them. */
  private SequencedMap<String, Entity> starts() {
    SequencedMap<String, Entity> starts = new LinkedHashMap<>();
    for (Declaration declaration : module.declarations()) {
      Entity entity = file.find(declaration.name().text(), "");
      if (entity != null) {
        starts.put(declaration.name().text(), entity);
      }
    }
    for (String kind : Settings.KINDS) {
      starts.putIfAbsent(kind, Language.word(kind, "Every %s of the file.".formatted(kind)));
    }
    return starts;
  }

  private SequencedMap<String, Entity> next(String name, @Nullable Entity entity, int at) {
    if (at == 0 && Settings.KINDS.contains(name) && file.declared(name) == null) {
      return ofKind(name);
    }
    return Members.of(entity);
  }

  /** What any declaration of a kind has. */
  private SequencedMap<String, Entity> ofKind(String kind) {
    if (kind.equals("grid")) {
      return Language.keys(Schemas.GRID);
    }
    List<Symbol.Kind> wanted = new ArrayList<>();
    switch (kind) {
      case "train" -> wanted.add(Symbol.Kind.TRAIN);
      case "model" -> wanted.add(Symbol.Kind.MODEL);
      default -> wanted.add(Symbol.Kind.DATA);
    }
    SequencedMap<String, Entity> all = new LinkedHashMap<>();
    for (Declaration declaration : module.declarations()) {
      Entity entity = file.find(declaration.name().text(), "");
      if (entity != null && wanted.contains(entity.symbol().kind())) {
        Members.of(entity).forEach(all::putIfAbsent);
      }
    }
    return all;
  }
}
