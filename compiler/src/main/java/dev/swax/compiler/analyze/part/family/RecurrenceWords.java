package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.Shape;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines that {@code info} and {@code dump} show of a recurrence, one after the other. */
public final class RecurrenceWords {
  /** What a reason says of how the cell is trained, which the line has said before it. */
  private static final Pattern SAID =
      Pattern.compile(
          "(; it|, so the cell|, so it) is trained token by token"
              + "|^this read makes the cell train token by token; ");

  private final List<String> lines = new ArrayList<>();

  /** Begins with the name of the family, and how it is trained. */
  public RecurrenceWords(String family, String training) {
    lines.add(
        "family %s: %s in training, token by token in generation".formatted(family, training));
  }

  /** A recurrence of no family, the reason, and what would cost less where that is known. */
  public static RecurrenceWords tokenByToken(String reason, @Nullable String cheaper) {
    var words = new RecurrenceWords("", "");
    String bare = SAID.matcher(reason).replaceAll("");
    words.lines.set(
        0,
        "token by token, in training too: "
            + bare
            + (cheaper == null ? "" : "; cheaper: " + cheaper));
    return words;
  }

  /** More about how it is computed. */
  RecurrenceWords with(String more) {
    lines.add(lines.removeLast() + ", " + more);
    return this;
  }

  public RecurrenceWords line(String text, Object... parts) {
    lines.add(String.format(Locale.ROOT, text, parts));
    return this;
  }

  /** The matrix of each head in numbers, and what a token costs in it. */
  RecurrenceWords costs(int heads, Shape.Table table, long multiplyAddsOfEach) {
    return costs(heads, table, "", multiplyAddsOfEach);
  }

  /** The same with a remark about the state. */
  RecurrenceWords costs(int heads, Shape.Table table, String remark, long multiplyAddsOfEach) {
    long numbers = (long) heads * table.size();
    return state("%s x [%s, %s]".formatted(heads, table.rows(), table.columns()), numbers, remark)
        .token(multiplyAddsOfEach * numbers);
  }

  /** The states of one sequence. */
  public RecurrenceWords state(String sizes, long numbers, String remark) {
    return line("state %s = %,d numbers a sequence%s", sizes, numbers, remark);
  }

  /** What one token costs in the states. */
  RecurrenceWords token(long multiplyAdds) {
    return line("one token, recurrent: %,d multiply-adds beside the projections", multiplyAdds);
  }

  public List<String> lines() {
    return lines;
  }

  /** A gate in front of what it multiplies, by its logarithm; nothing where it is 1. */
  static String gate(@Nullable PartExpression logarithm) {
    return logarithm == null ? "" : "exp(" + PartText.of(logarithm) + ") * ";
  }

  /** A factor in front of what it multiplies; nothing where it is 1. */
  static String factor(PartExpression gate) {
    boolean one = gate instanceof PartExpression.Constant(_, double value) && value == 1;
    return one ? "" : PartText.side(gate) + " * ";
  }

  /** What a state is read with. */
  static String query(Read read) {
    float scale = (float) read.scale();
    String query = PartText.side(read.query());
    return scale == 1 ? query : Float.toString(scale) + " * " + query;
  }
}
