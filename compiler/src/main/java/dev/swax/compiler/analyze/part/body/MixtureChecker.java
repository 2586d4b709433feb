package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.analyze.model.Argument;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.Routing;
import dev.swax.compiler.model.Routing.Score;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.PartKind;
import dev.swax.runtime.kernel.expert.ChoiceShape;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** {@code mixture(ffn(x), experts, active)}. */
final class MixtureChecker {
  /** Experts, and groups of them. */
  private static final int MOST = 65_536;

  /** What all experts of a matrix have in all. */
  private static final long MOST_ROWS = Integer.MAX_VALUE;

  private static final String EXAMPLE = "`mixture(ffn(x), experts: 8, active: 2)`";

  private final PartBody body;
  private final ExpressionChecker expressions;
  private final PartChecker parts;

  MixtureChecker(PartBody body, ExpressionChecker expressions, PartChecker parts) {
    this.body = body;
    this.expressions = expressions;
    this.parts = parts;
  }

  @Nullable Term mixture(Span span, SequencedMap<String, Expression> arguments) {
    Expression written = Objects.requireNonNull(arguments.get("x"));
    Routing routing = routing(span, arguments);
    if (!isFeedForward(written)) {
      return null;
    }
    String router = body.parameter("router", "_bias", "_correction");
    Term expert = parts.apply((Expression.Call) written, "experts");
    if (routing == null
        || !(expert instanceof Term.Plain(PartExpression.Apply apply, var shape))
        || !isTokenwise(written, apply.part())
        || !isSmall(written, apply, routing.choice())) {
      return null;
    }
    return new Term.Plain(new PartExpression.Mixture(span, router, apply, routing), shape);
  }

  private boolean isFeedForward(Expression written) {
    if (written instanceof Expression.Call call
        && parts.has(call)
        && (!(body.argument(call.callee().text()) instanceof Argument.Applicable part)
            || part.kind() == PartKind.FFN)) {
      return true; // what is no part is reported where it is applied
    }
    body.report(
        Code.NO_EXPERT,
        written.span(),
        "`mixture` takes a feed-forward that is applied to a value, but this is `%s`"
            .formatted(written.span().words()),
        EXAMPLE);
    return false;
  }

  /** Experts see one token at a time, and have weights of their own. */
  private boolean isTokenwise(Expression written, Part part) {
    String reason = part.recurrence() != null ? "it has a state" : null;
    if (part.shared() != null) {
      reason = "its weights are shared; `shared(moe(…))` shares those of all experts";
    }
    for (PartExpression each : part.expressions()) {
      reason = reason == null ? reason(each) : reason;
    }
    if (reason != null) {
      body.report(
          Code.EXPERT_NOT_TOKENWISE,
          written.span(),
          "`%s` cannot be an expert, because an expert sees its tokens one by one, with its own weights: %s"
              .formatted(part.name(), reason),
          null);
    }
    return reason == null;
  }

  private static @Nullable String reason(PartExpression expression) {
    return switch (expression) {
      case PartExpression.Conv _ -> "`conv` reads the tokens before this one";
      case PartExpression.Previous _ -> "`previous` reads the token before this one";
      case PartExpression.Attend _ -> "`attend` reads the tokens before this one";
      case PartExpression.Rotate _ -> "`rotate` needs the position of the token";
      case PartExpression.Scan _ -> "it has a state";
      case PartExpression.Embedding _ -> "it reads the embedding";
      case PartExpression.Read _ -> "it reads another layer";
      case PartExpression.Mixture _ -> "it is a mixture of experts itself";
      case PartExpression.Apply _ -> "it applies another part";
      case PartExpression.Linear linear when linear.blocks() > 1 ->
          "`within` has a matrix for each group of channels";
      default -> null;
    };
  }

  private boolean isSmall(Expression written, PartExpression.Apply apply, ChoiceShape choice) {
    for (PartExpression each : apply.part().expressions()) {
      long rows = each instanceof PartExpression.Linear linear ? linear.inputs() : each.size();
      if (rows * choice.experts() > MOST_ROWS) {
        body.report(
            Code.TOO_LARGE,
            written.span(),
            String.format(
                Locale.ROOT,
                "%,d experts of %,d rows are more than the %,d rows that a matrix may have",
                choice.experts(),
                rows,
                MOST_ROWS),
            null);
        return false;
      }
    }
    return true;
  }

  private @Nullable Routing routing(Span span, SequencedMap<String, Expression> arguments) {
    ChoiceShape choice = choice(span, arguments);
    String score = word(arguments, "score", List.of("softmax", "sigmoid"));
    Boolean normalized = truth(arguments, "normalize", true);
    Boolean bias = truth(arguments, "bias", false);
    Boolean corrected = truth(arguments, "correction", false);
    Boolean ofInput = truth(arguments, "on_input", false);
    Double eps = number(arguments, "eps", Routing.TINY);
    Double scale = number(arguments, "scale", 1);
    Double balance = number(arguments, "balance", 0);
    if (choice == null
        || score == null
        || normalized == null
        || bias == null
        || corrected == null
        || ofInput == null
        || eps == null
        || scale == null
        || balance == null) {
      return null;
    }
    Score of = score.equals("softmax") ? Score.SOFTMAX : Score.SIGMOID;
    if (!isPlain(span, arguments, eps, of == Score.SIGMOID && normalized)) {
      return null;
    }
    return new Routing(choice, of, normalized, eps, scale, bias, corrected, ofInput, balance);
  }

  /**
   * Whether the epsilon is a number from 0, and not another than usual where nothing is divided.
   */
  private boolean isPlain(
      Span span, SequencedMap<String, Expression> arguments, double eps, boolean divided) {
    if (!(eps >= 0)) {
      body.report(
          Code.CELL_NUMBER,
          place(arguments, "eps", span),
          "`eps` is %s, but a number from 0 is needed".formatted(Numbers.text(eps)),
          null);
    } else if (eps != Routing.TINY && !divided) {
      body.report(
          Code.CELL_ARGUMENTS,
          place(arguments, "eps", span),
          "`eps` is added to the sum of sigmoids that weights are divided by, and here is no such sum",
          "`score: sigmoid, normalize: true`");
    } else {
      return true;
    }
    return false;
  }

  private @Nullable ChoiceShape choice(Span span, SequencedMap<String, Expression> arguments) {
    Integer experts = size(span, arguments, "experts", null);
    Integer active = size(span, arguments, "active", null);
    Integer groups = size(span, arguments, "groups", 1);
    Integer activeGroups = size(span, arguments, "active_groups", groups);
    if (experts == null || active == null || groups == null || activeGroups == null) {
      return null;
    }
    if (active > experts) {
      return misfit(
          Code.MORE_ACTIVE_EXPERTS,
          place(arguments, "active", span),
          "there are %d experts, but %d of them are to be active".formatted(experts, active),
          "active: " + experts);
    }
    if (experts % groups != 0) {
      return misfit(
          Code.EXPERT_GROUPS,
          place(arguments, "groups", span),
          "%d experts cannot be divided into %d equal groups".formatted(experts, groups),
          null);
    }
    if (activeGroups > groups) {
      return misfit(
          Code.EXPERT_GROUPS,
          place(arguments, "active_groups", span),
          "there are %d groups of experts, but %d of them are to be active"
              .formatted(groups, activeGroups),
          "active_groups: " + groups);
    }
    if (active > activeGroups * (experts / groups)) {
      return misfit(
          Code.EXPERT_GROUPS,
          place(arguments, "active", span),
          "the groups that take part have %d experts in all, but %d are to be active"
              .formatted(activeGroups * (experts / groups), active),
          null);
    }
    return new ChoiceShape(experts, active, groups, activeGroups);
  }

  private @Nullable ChoiceShape misfit(
      Code code, Span span, String message, @Nullable String help) {
    body.report(code, span, message, help == null ? null : "`" + help + "`");
    return null;
  }

  /** Where an argument has its value from: the parameter that it names, else itself. */
  private Span place(SequencedMap<String, Expression> arguments, String name, Span otherwise) {
    Expression given = arguments.get(name);
    if (given instanceof Expression.Name of) {
      return body.places().getOrDefault(of.text(), given.span());
    }
    return given == null ? otherwise : given.span();
  }

  private @Nullable Integer size(
      Span span, SequencedMap<String, Expression> arguments, String name, @Nullable Integer none) {
    Expression given = arguments.get(name);
    if (given != null) {
      return whole(place(arguments, name, span), given, name);
    }
    if (none == null && (name.equals("experts") || name.equals("active"))) {
      body.report(
          Code.CELL_ARGUMENTS,
          span,
          "`mixture` expects `%s`, which is missing".formatted(name),
          EXAMPLE);
    }
    return none;
  }

  private @Nullable Integer whole(Span place, Expression given, String name) {
    Double number = expressions.number(given);
    if (number == null || (number == Math.rint(number) && number >= 1 && number <= MOST)) {
      return number == null ? null : number.intValue();
    }
    body.report(
        Code.CELL_NUMBER,
        place,
        String.format(
            Locale.ROOT,
            "`%s` is %s, but a whole number from 1 to %,d is needed",
            name,
            Numbers.text(number),
            MOST),
        null);
    return null;
  }

  private @Nullable Double number(
      SequencedMap<String, Expression> arguments, String name, double none) {
    Expression given = arguments.get(name);
    return given == null ? Double.valueOf(none) : expressions.number(given);
  }

  private @Nullable Boolean truth(
      SequencedMap<String, Expression> arguments, String name, boolean none) {
    String word = word(arguments, name, none ? List.of("true", "false") : List.of("false", "true"));
    return word == null ? null : Boolean.valueOf(word.equals("true"));
  }

  /** A word, also by a parameter that has it; the first of them where none is given. */
  private @Nullable String word(
      SequencedMap<String, Expression> arguments, String name, List<String> words) {
    Expression given = arguments.get(name);
    if (given instanceof Expression.Name of
        && body.argument(of.text()) instanceof Argument.Word(String word)) {
      if (!words.contains(word)) {
        body.report(
            Code.CELL_ARGUMENTS,
            place(arguments, name, given.span()),
            "`%s` can be %s, but this is `%s`".formatted(name, String.join(" or ", words), word),
            "`%s: %s`".formatted(name, words.getFirst()));
      }
      return words.contains(word) ? word : null;
    }
    return Words.of(body, name, given, words);
  }
}
