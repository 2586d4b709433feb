package dev.swax.compiler.parse;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.PartKind;
import dev.swax.grammar.SwaxLexer;
import dev.swax.grammar.SwaxParser;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Builds declarations and their bodies of settings. */
final class DeclarationBuilder {
  private final Places places;
  private final Remarks remarks;
  private final ExpressionBuilder expressions;
  private final PartBuilder cells;
  private final GridBuilder grids;

  DeclarationBuilder(Places places, Remarks remarks, ExpressionBuilder expressions) {
    this.places = places;
    this.remarks = remarks;
    this.expressions = expressions;
    this.cells = new PartBuilder(places, expressions);
    this.grids = new GridBuilder(places, expressions);
  }

  Declaration declaration(SwaxParser.DeclarationContext context) {
    Span span = places.span(context);
    String documentation = remarks.documentation(context);
    return switch (context.getChild(0)) {
      case SwaxParser.LetDeclarationContext c ->
          new Declaration.Let(
              span, places.name(c.name()), documentation, expressions.value(c.value()));
      case SwaxParser.ModelDeclarationContext c ->
          new Declaration.Model(
              span,
              places.name(c.name()),
              documentation,
              parameters(c.parameters()),
              c.body() == null ? null : body(c.body()),
              expressions.optional(c.value()));
      case SwaxParser.WindowDeclarationContext c ->
          new Declaration.Window(
              span,
              places.name(c.name()),
              documentation,
              parameters(c.parameters()),
              expressions.value(c.value()));
      case SwaxParser.PartDeclarationContext c ->
          new Declaration.Part(
              kind(c.kind),
              span,
              places.name(c.name()),
              documentation,
              parameters(c.parameters()),
              cells.statements(c.partBody()));
      case SwaxParser.DataDeclarationContext c ->
          new Declaration.Data(span, places.name(c.name()), documentation, body(c.body()));
      case SwaxParser.TrainDeclarationContext c ->
          new Declaration.Train(
              span,
              places.name(c.name()),
              documentation,
              parameters(c.parameters()),
              c.body() == null ? null : body(c.body()),
              expressions.optional(c.value()));
      case SwaxParser.ProfileDeclarationContext c ->
          new Declaration.Profile(
              span,
              places.name(c.name()),
              documentation,
              Whole.of(c.profileBody().setting()).stream().map(this::setting).toList());
      case SwaxParser.GridDeclarationContext c -> grids.grid(c, span, documentation);
      case SwaxParser.ExpectDeclarationContext c ->
          new Declaration.Expect(
              span,
              places.word(c.EXPECT().getSymbol()),
              documentation,
              expressions.value(c.value()));
      default -> throw new AssertionError("unknown declaration: " + context.getText());
    };
  }

  private static PartKind kind(Token word) {
    return switch (word.getType()) {
      case SwaxLexer.FFN -> PartKind.FFN;
      case SwaxLexer.NORM -> PartKind.NORM;
      case SwaxLexer.BLOCK -> PartKind.BLOCK;
      default -> PartKind.CELL;
    };
  }

  private List<Declaration.Parameter> parameters(SwaxParser.@Nullable ParametersContext context) {
    return context == null ? List.of() : context.parameter().stream().map(this::parameter).toList();
  }

  private Declaration.Parameter parameter(SwaxParser.ParameterContext context) {
    Expression.Name type = context.type == null ? null : places.name(context.type);
    return new Declaration.Parameter(
        places.span(context),
        places.name(context.name(0)),
        type,
        expressions.optional(context.value()));
  }

  private Declaration.Body body(SwaxParser.BodyContext context) {
    return new Declaration.Body(
        places.span(context), Whole.of(context.entry()).stream().map(this::entry).toList());
  }

  private Declaration.Entry entry(SwaxParser.EntryContext context) {
    return new Declaration.Entry(
        places.span(context),
        places.name(context.name()),
        context.LET() != null,
        remarks.documentation(context),
        expressions.value(context.value()));
  }

  private Declaration.Setting setting(SwaxParser.SettingContext context) {
    return new Declaration.Setting(
        places.span(context),
        context.name().stream().map(places::name).toList(),
        expressions.value(context.value()));
  }
}
