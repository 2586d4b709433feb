package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.analyze.model.Argument;
import dev.swax.compiler.analyze.model.EarlierLayer;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.model.part.HeadGroups;
import dev.swax.compiler.model.part.LayerValue;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.Expression.BinaryOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code source.k}: the value `k` of the nearest earlier layer that a part has made. */
final class LayerReads {
  private static final List<BinaryOperator> PRODUCTS =
      List.of(BinaryOperator.MULTIPLY, BinaryOperator.DIVIDE, BinaryOperator.CONTRACT);

  private final PartBody body;

  LayerReads(PartBody body) {
    this.body = body;
  }

  /**
   * {@code g * source.y} is {@code g * (source.y)}: a part is no factor, so there the dot binds
   * tighter than what stands before it.
   */
  Expression.Binary tight(Expression.Binary contract) {
    if (contract.operator() != BinaryOperator.CONTRACT
        || !(contract.left() instanceof Expression.Binary product)
        || !PRODUCTS.contains(product.operator())
        || !isPart(product.right())) {
      return contract;
    }
    Span span = product.right().span().to(contract.span());
    var read =
        new Expression.Binary(span, BinaryOperator.CONTRACT, product.right(), contract.right());
    return new Expression.Binary(contract.span(), product.operator(), product.left(), read);
  }

  private boolean isPart(Expression expression) {
    return expression instanceof Expression.Name name
        && !name.primed()
        && body.argument(name.text()) instanceof Argument.Applicable;
  }

  /** Whether a dot reads another layer. */
  boolean has(Expression.Binary contract) {
    return part(contract) != null;
  }

  private Argument.@Nullable Applicable part(Expression.Binary contract) {
    return contract.left() instanceof Expression.Name name
            && !name.primed()
            && body.argument(name.text()) instanceof Argument.Applicable part
        ? part
        : null;
  }

  /** The shape of a value, or null if there is no such value. */
  @Nullable Shape shape(Expression.Binary contract) {
    if (!(Objects.requireNonNull(part(contract)).earlier().get()
        instanceof EarlierLayer.Found source)) {
      return null;
    }
    Part.Definition definition = find(source, contract.right());
    return definition == null ? null : shape(source.part(), definition);
  }

  /** A value, as the heads of this line read it; null after a report. */
  @Nullable Term read(Expression.Binary contract) {
    return switch (Objects.requireNonNull(part(contract)).earlier().get()) {
      case EarlierLayer.Broken _ -> {
        body.fail();
        yield null;
      }
      case EarlierLayer.Missing missing -> missing(contract, missing);
      case EarlierLayer.Found source -> {
        Part.Definition definition = find(source, contract.right());
        yield definition == null
            ? unknown(contract, source)
            : read(contract.span(), source, definition);
      }
    };
  }

  private @Nullable Term read(Span span, EarlierLayer.Found source, Part.Definition definition) {
    Part part = source.part();
    Shape shape = shape(part, definition);
    boolean wide = shape instanceof Shape.Width;
    int copies = wide ? 1 : copies(part, definition);
    var from = new LayerValue(source.layer(), source.path(), definition.name());
    var read = new PartExpression.Read(span, from, copies, definition.value().size(), wide);
    if (wide || copies == body.copies()) {
      return new Term.Plain(read, shape);
    }
    if (body.groups() == null && body.heads() % copies == 0) {
      var groups = new HeadGroups(span.words(), copies);
      return new Term.Plain(new PartExpression.OfGroup(span, read, groups), shape);
    }
    HeadGroups groups = body.groups();
    body.report(
        Code.READ_HEADS,
        span,
        "`%s` has %s heads or groups, those of layer %s, but this line has %s"
            .formatted(
                span.words(),
                copies,
                source.layer(),
                groups == null
                    ? body.heads() + " heads"
                    : "%s groups (`%s`)".formatted(groups.count(), groups.name())),
        groups == null ? "a number of heads that %s divides".formatted(copies) : null);
    return null;
  }

  private static Part.@Nullable Definition find(EarlierLayer.Found source, Expression value) {
    return value instanceof Expression.Name name && !name.primed()
        ? source.part().find(name.text()).orElse(null)
        : null;
  }

  private static int copies(Part part, Part.Definition definition) {
    HeadGroups groups = definition.groups();
    return groups == null ? part.heads() : groups.count();
  }

  private static Shape shape(Part part, Part.Definition definition) {
    int size = definition.value().size();
    return part.isWide(definition.value()) ? new Shape.Width(size) : new Shape.Vector(size);
  }

  private @Nullable Term missing(Expression.Binary contract, EarlierLayer.Missing missing) {
    String name = contract.left().span().words();
    Span place = body.places().getOrDefault(name, contract.left().span());
    String part = place.words();
    body.report(
        Code.READ_LATER,
        place,
        missing.later() < 0
            ? "layer %s reads `%s`, but no layer is made of it".formatted(missing.reader(), part)
            : "layer %s reads `%s`, but the first layer made of it is layer %s"
                .formatted(missing.reader(), part, missing.later()),
        "`%s` in `layers`, before what reads it".formatted(part));
    return null;
  }

  private @Nullable Term unknown(Expression.Binary contract, EarlierLayer.Found source) {
    List<String> names = new ArrayList<>();
    source.part().definitions().forEach(definition -> names.add(definition.name()));
    names.add(Part.OUTPUT);
    String wanted = contract.right().span().words();
    body.report(
        Code.READ_UNKNOWN,
        contract.right().span(),
        "`%s` of layer %s has no value `%s` that another layer can read"
            .formatted(source.part().name(), source.layer(), wanted),
        DidYouMean.choices(wanted, names).orElse(null));
    return null;
  }
}
