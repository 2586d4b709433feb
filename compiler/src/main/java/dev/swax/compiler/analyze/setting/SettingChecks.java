package dev.swax.compiler.analyze.setting;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Schema;
import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Whether a setting names something that is there; also in profiles that do not hold. */
public final class SettingChecks {
  private final Evaluator evaluator;
  private final Module root;

  public SettingChecks(Evaluator evaluator, Module root) {
    this.evaluator = evaluator;
    this.root = root;
  }

  public void check(Declaration.Setting written) {
    Declaration.Setting setting = Settings.inFull(written, root);
    List<Expression.Name> path = setting.path();
    Expression.Name first = path.getFirst();
    boolean isKind = Settings.KINDS.contains(first.text());
    List<Declaration> named =
        root.declarations().stream().filter(d -> d.name().text().equals(first.text())).toList();
    boolean isWord = written.path().size() == 1;
    if (isWord && path.size() > 1) {
      word(path);
    } else if (!isKind && named.isEmpty()) {
      unknownName(first, List.of());
    } else if (path.size() == 1) {
      single(first, named);
    } else if (path.size() > Settings.LONGEST_PATH) {
      Expression.Name last = path.get(Settings.LONGEST_PATH);
      evaluator.report(
          Code.UNKNOWN_KEY, last.span(), "the path of a setting has at most three names", null);
    } else {
      key(first, path.get(1));
    }
  }

  /** A word that nothing here is called: a key of models. */
  private void word(List<Expression.Name> path) {
    List<String> keys = keys(path.getFirst());
    if (!keys.contains(path.getLast().text())) {
      unknownName(path.getLast(), keys);
    }
  }

  private void unknownName(Expression.Name first, List<String> keys) {
    List<String> known = new ArrayList<>(Settings.KINDS);
    root.declarations().forEach(d -> known.add(d.name().text()));
    List<String> near = new ArrayList<>(known);
    near.addAll(keys);
    evaluator.report(
        Code.UNKNOWN_NAME,
        first.span(),
        "nothing here is called `%s`".formatted(first.text()),
        DidYouMean.help(first.text(), near)
            .or(() -> DidYouMean.choices(first.text(), known))
            .orElse(null));
  }

  private void single(Expression.Name first, List<Declaration> named) {
    if (named.stream().noneMatch(Declaration.Let.class::isInstance)) {
      evaluator.report(
          Code.WRONG_TYPE,
          first.span(),
          "`%s` is not a single value, so a setting must name one of its keys"
              .formatted(first.text()),
          null);
    }
  }

  private void key(Expression.Name first, Expression.Name key) {
    List<String> keys = keys(first);
    if (!keys.contains(key.text())) {
      evaluator.report(
          Code.UNKNOWN_KEY,
          key.span(),
          "`%s` has no entry `%s`".formatted(first.text(), key.text()),
          DidYouMean.choices(key.text(), keys).orElse(null));
    }
  }

  /** What can be set on a declaration or a kind of them. */
  private List<String> keys(Expression.Name first) {
    SequencedSet<String> keys = new LinkedHashSet<>();
    for (Declaration declaration : root.declarations()) {
      boolean meant = declaration.name().text().equals(first.text());
      switch (declaration) {
        case Declaration.Train train when meant || first.text().equals("train") ->
            keys.addAll(settable(train));
        case Declaration.Data data when meant || first.text().equals("data") ->
            keys.addAll(keys(Schemas.DATA, data.body()));
        case Declaration.Grid _ when meant || first.text().equals("grid") ->
            keys.addAll(Schemas.GRID.names());
        case Declaration.Model model when meant || first.text().equals("model") ->
            keys.addAll(settable(model));
        default -> {}
      }
    }
    return List.copyOf(keys);
  }

  private List<String> settable(Declaration.Template template) {
    return evaluator.lookUp(template.name(), root) instanceof Value.Template value
        ? evaluator.models().settable(value, template.name().span())
        : List.of();
  }

  /** The keys of a schema and the own names of a body. */
  public static List<String> keys(Schema schema, Declaration.Body body) {
    SequencedSet<String> keys = new LinkedHashSet<>(schema.names());
    body.entries().forEach(entry -> keys.add(entry.key().text()));
    return List.copyOf(keys);
  }
}
