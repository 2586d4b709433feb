package dev.swax.compiler.parse;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.GridItem;
import dev.swax.grammar.SwaxParser;
import java.util.List;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Builds grids. */
final class GridBuilder {
  private final Places places;
  private final ExpressionBuilder expressions;

  GridBuilder(Places places, ExpressionBuilder expressions) {
    this.places = places;
    this.expressions = expressions;
  }

  Declaration grid(SwaxParser.GridDeclarationContext context, Span span, String documentation) {
    return new Declaration.Grid(
        span,
        places.name(context.name()),
        documentation,
        text(context.TEXT()),
        Whole.of(context.gridBody().gridItem()).stream().map(this::item).toList());
  }

  private GridItem item(SwaxParser.GridItemContext context) {
    return switch (context) {
      case SwaxParser.UsingItemContext c ->
          new GridItem.Using(places.span(c), expressions.value(c.value()));
      case SwaxParser.ColumnItemContext c ->
          new GridItem.Column(
              places.span(c),
              places.text(c.TEXT().getSymbol()),
              bindings(c.binding()),
              expressions.value(c.value()));
      case SwaxParser.RowItemContext c -> row(c);
      case SwaxParser.ReferenceItemContext c ->
          new GridItem.Reference(
              places.span(c), places.text(c.TEXT().getSymbol()), within(c.within()));
      case SwaxParser.ExpectItemContext c ->
          new GridItem.Expect(places.span(c), expressions.value(c.value()));
      case SwaxParser.FigureItemContext c ->
          new GridItem.Figure(
              places.span(c), places.text(c.TEXT().getSymbol()), expressions.value(c.value()));
      case SwaxParser.SettingItemContext c ->
          new GridItem.Setting(places.span(c), places.name(c.name()), expressions.value(c.value()));
      default -> throw new AssertionError("unknown line: " + context.getText());
    };
  }

  private GridItem row(SwaxParser.RowItemContext context) {
    Expression label =
        context.name() == null
            ? places.text(context.TEXT().getSymbol())
            : places.name(context.name());
    SwaxParser.RowFormatContext format = context.rowFormat();
    return new GridItem.Row(
        places.span(context),
        label,
        bindings(context.binding()),
        expressions.value(context.value()),
        better(context.better()),
        format == null ? null : places.text(format.TEXT().getSymbol()),
        within(context.within()));
  }

  private @Nullable Expression within(SwaxParser.@Nullable WithinContext context) {
    return context == null ? null : expressions.value(context.value());
  }

  private static GridItem.Better better(SwaxParser.@Nullable BetterContext context) {
    if (context == null) {
      return GridItem.Better.UNSTATED;
    }
    return context.LOWER() == null ? GridItem.Better.HIGHER : GridItem.Better.LOWER;
  }

  private List<GridItem.Binding> bindings(List<SwaxParser.BindingContext> contexts) {
    return contexts.stream()
        .map(context ->
            new GridItem.Binding(
                places.span(context),
                context.name().stream().map(places::name).toList(),
                expressions.value(context.value())))
        .toList();
  }

  private Expression.@Nullable Text text(@Nullable TerminalNode node) {
    return node == null ? null : places.text(node.getSymbol());
  }
}
