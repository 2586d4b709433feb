package dev.swax.compiler.syntax;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.type.PartKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A top-level declaration, or one that stands in a body, as it was written. */
public sealed interface Declaration {
  Span span();

  Expression.Name name();

  /** The {@code ///} lines above it, without the slashes; empty if there are none. */
  String documentation();

  /** {@code let name = value}. */
  record Let(Span span, Expression.Name name, String documentation, Expression value)
      implements Declaration {}

  /**
   * What others are made from: a body with parameters, or a variant of another one. Exactly one of
   * {@code body} and {@code value} is present.
   */
  sealed interface Template extends Declaration {
    List<Parameter> parameters();

    @Nullable Body body();

    @Nullable Expression value();
  }

  /**
   * {@code model name(parameters) { entries }} or {@code model name(parameters) = value}. Exactly
   * one of {@code body} and {@code value} is present.
   */
  record Model(
      Span span,
      Expression.Name name,
      String documentation,
      List<Parameter> parameters,
      @Nullable Body body,
      @Nullable Expression value)
      implements Template {
    public Model {
      parameters = List.copyOf(parameters);
    }
  }

  /** {@code window name(parameters) = value}. */
  record Window(
      Span span,
      Expression.Name name,
      String documentation,
      List<Parameter> parameters,
      Expression value)
      implements Declaration {
    public Window {
      parameters = List.copyOf(parameters);
    }
  }

  /** {@code cell name(parameters) { statements }}, or {@code ffn}, {@code norm}, {@code block}. */
  record Part(
      PartKind kind,
      Span span,
      Expression.Name name,
      String documentation,
      List<Parameter> parameters,
      List<PartStatement> statements)
      implements Declaration {
    public Part {
      parameters = List.copyOf(parameters);
      statements = List.copyOf(statements);
    }
  }

  /** {@code data name { entries }}. */
  record Data(Span span, Expression.Name name, String documentation, Body body)
      implements Declaration {}

  /**
   * {@code train name(parameters) { entries }} or {@code train name(parameters) = value}. Exactly
   * one of {@code body} and {@code value} is present.
   */
  record Train(
      Span span,
      Expression.Name name,
      String documentation,
      List<Parameter> parameters,
      @Nullable Body body,
      @Nullable Expression value)
      implements Template {
    public Train {
      parameters = List.copyOf(parameters);
    }
  }

  /** {@code profile name { train.seq = 512 tok }}: other values for the same file. */
  record Profile(Span span, Expression.Name name, String documentation, List<Setting> settings)
      implements Declaration {
    public Profile {
      settings = List.copyOf(settings);
    }
  }

  /** {@code grid name "title" { … }}: models against measures. */
  record Grid(
      Span span,
      Expression.Name name,
      String documentation,
      Expression.@Nullable Text title,
      List<GridItem> items)
      implements Declaration {
    public Grid {
      items = List.copyOf(items);
    }
  }

  /** {@code expect condition}. Its name is the word {@code expect} itself. */
  record Expect(Span span, Expression.Name name, String documentation, Expression condition)
      implements Declaration {}

  /** {@code name: Type = default}. */
  record Parameter(
      Span span,
      Expression.Name name,
      Expression.@Nullable Name type,
      @Nullable Expression defaultValue) {}

  /** {@code { let a = 1 key = value }} in source order. */
  record Body(Span span, List<Entry> entries) {
    public Body {
      entries = List.copyOf(entries);
    }
  }

  /** {@code key = value} or {@code let key = value}. */
  record Entry(
      Span span, Expression.Name key, boolean let, String documentation, Expression value) {}

  /** {@code train.seq = 512 tok}: a dotted path and a value. */
  record Setting(Span span, List<Expression.Name> path, Expression value) {
    public Setting {
      path = List.copyOf(path);
    }
  }
}
