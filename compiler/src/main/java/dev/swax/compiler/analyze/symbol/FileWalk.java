package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Schema;
import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Walks over the declarations of a file. */
final class FileWalk {
  private final Module module;
  private final FileNames file;
  private final Walk walk;
  private final ExpressionWalk expressions;

  /** {@code cursor}: as of {@link Walk}. */
  FileWalk(Module module, int cursor) {
    this.module = module;
    this.file = FileNames.of(module);
    this.walk = new Walk(cursor);
    this.expressions = ExpressionWalk.ofFile(walk);
  }

  List<Occurrence> found() {
    return walk.found();
  }

  Optional<Site> site() {
    return walk.site();
  }

  void walk() {
    module.file().declarations().forEach(this::declaration);
  }

  private void declaration(Declaration declaration) {
    Names outside = Names.of(file, declaration.name().text());
    SequencedMap<String, Entity> own = Members.inside(declaration, outside);
    Names names = outside.with(own);
    if (!(declaration instanceof Declaration.Expect)) {
      walk.declares(declaration.name(), Descriptions.declaration(declaration));
    }
    switch (declaration) {
      case Declaration.Let let -> expressions.expression(let.value(), outside, Wanted.ANY);
      case Declaration.Template template -> template(template, own, names);
      case Declaration.Window window -> {
        parameters(window.parameters(), own, names);
        expressions.expression(window.value(), names, Wanted.WINDOW);
      }
      case Declaration.Part part -> {
        parameters(part.parameters(), own, outside.with(Language.namesOfBodies()).with(own));
        new PartWalk(walk).body(part, names);
      }
      case Declaration.Data data -> entries(data.body(), Schemas.DATA, own, names);
      case Declaration.Profile profile ->
          profile
              .settings()
              .forEach(
                  setting -> new SettingWalk(walk, expressions, file, module).setting(setting));
      case Declaration.Grid grid -> new GridWalk(walk).items(grid, Names.of(file, ""));
      case Declaration.Expect expect ->
          expressions.expression(expect.condition(), Names.of(file, ""), Wanted.BOOLEAN);
    }
  }

  private void template(
      Declaration.Template template, SequencedMap<String, Entity> own, Names names) {
    parameters(template.parameters(), own, names);
    if (template.body() != null) {
      entries(template.body(), Members.schema(template), own, names);
    }
    if (template.value() != null) {
      boolean train = template instanceof Declaration.Train;
      expressions.expression(template.value(), names, train ? Wanted.TRAIN : Wanted.MODEL);
    }
  }

  private void parameters(
      List<Declaration.Parameter> parameters, SequencedMap<String, Entity> own, Names names) {
    for (Declaration.Parameter parameter : parameters) {
      Entity entity = own.get(parameter.name().text());
      if (entity == null) {
        continue;
      }
      walk.declares(parameter.name(), entity.symbol());
      Expression.Name type = parameter.type();
      if (type != null && !walk.asks(type, () -> Site.ofKeys(Language.types(), ""))) {
        Language.types().stream()
            .filter(known -> known.name().equals(type.text()))
            .forEach(known -> walk.uses(type, Entity.plain(known)));
      }
      if (parameter.defaultValue() != null) {
        expressions.expression(parameter.defaultValue(), names, entity.wanted());
      }
    }
  }

  private void entries(
      Declaration.Body body, Schema schema, SequencedMap<String, Entity> own, Names names) {
    SequencedMap<String, Entity> free = new LinkedHashMap<>(Language.keys(schema));
    own.sequencedKeySet().forEach(free::remove);
    List<Symbol> open = free.values().stream().map(Entity::symbol).toList();
    for (Declaration.Entry entry : body.entries()) {
      Entity entity = own.get(entry.key().text());
      if (entity == null || walk.asks(entry.key(), () -> Site.ofKeys(open, " = ", "let"))) {
        continue;
      }
      walk.declares(entry.key(), entity.symbol());
      expressions.expression(entry.value(), names, entity.wanted());
    }
  }
}
