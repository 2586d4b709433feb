package dev.swax.compiler.analyze;

import dev.swax.compiler.analyze.evaluate.Binding;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Lazy;
import dev.swax.compiler.analyze.evaluate.Models;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Reliance;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.analyze.setting.Settings;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.LinkedHashMap;
import java.util.List;

/** Declares the names of a file. */
final class Declarations {
  private final Evaluator evaluator;
  private final Settings settings;

  Declarations(Evaluator evaluator, Settings settings) {
    this.evaluator = evaluator;
    this.settings = settings;
  }

  void declare(Module module) {
    for (Declaration declaration : module.file().declarations()) {
      String name = declaration.name().text();
      switch (declaration) {
        case Declaration.Let let -> module.declare(name, let(let, module));
        case Declaration.Model model -> module.declare(name, model(model, module));
        case Declaration.Window window -> module.declare(name, window(window, module));
        case Declaration.Part part -> module.declare(name, part(part, module));
        case Declaration.Data data ->
            module.declare(name, Binding.of(new Value.Data(data, module)));
        case Declaration.Train train ->
            module.declare(name, Binding.of(new Value.Train(train, module, List.of())));
        case Declaration.Profile _, Declaration.Grid _, Declaration.Expect _ -> {}
      }
    }
  }

  private Binding let(Declaration.Let let, Module module) {
    List<Declaration.Setting> set = settings.ofLet(let.name().text());
    Expression value = set.isEmpty() ? let.value() : set.getLast().value();
    return new Lazy(
        let.name().text(),
        () -> {
          evaluator.progress().rely(Reliance.on(set));
          return evaluator.evaluate(value, module.within(let.name().text()));
        });
  }

  private Binding model(Declaration.Model model, Module module) {
    String name = model.name().text();
    return new Lazy(
        name,
        () -> {
          Value.Model bare = new Value.Model(model, module.within(name), List.of());
          return settings.mentions(name)
              ? Models.changed(
                  bare, settings.of(name, evaluator.models().settable(bare, model.name().span())))
              : bare;
        });
  }

  private Binding window(Declaration.Window window, Module module) {
    String name = window.name().text();
    if (!window.parameters().isEmpty()) {
      return Binding.of(new Value.WindowFunction(window, module));
    }
    String place = "`window %s`".formatted(name);
    return new Lazy(
        name, () -> evaluator.evaluate(window.value(), module.within(name), Wanted.WINDOW, place));
  }

  private static Binding part(Declaration.Part part, Module module) {
    String name = part.name().text();
    return (_, use) -> new Value.Part(part, module.within(name), name, use, new LinkedHashMap<>());
  }
}
