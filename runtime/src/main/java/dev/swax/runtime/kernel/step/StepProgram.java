package dev.swax.runtime.kernel.step;

import dev.swax.runtime.kernel.step.StepInstruction.Operand;
import dev.swax.runtime.kernel.step.StepInstruction.Reach;
import dev.swax.runtime.kernel.step.StepInstruction.Sum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.StringJoiner;

/**
 * What is computed for one token, one instruction after the other. It is written and read as text,
 * a line for each value, instruction and output:
 *
 * <pre>
 * operand k each 8
 * state S each 128
 * v2 = multiply none k row v column each 8 16
 * out S' v5
 * </pre>
 *
 * Two programs with the same text are equal.
 */
public final class StepProgram {
  private final String text;
  private final List<StepValue> values = new ArrayList<>();
  private final List<StepInstruction> instructions = new ArrayList<>();
  private final SequencedMap<String, Integer> outputs = new LinkedHashMap<>();
  private final Map<StepValue.Kind, List<String>> ofKind = new EnumMap<>(StepValue.Kind.class);
  private final List<String> operands;

  private StepProgram(String text) {
    this.text = text;
    var names = new LinkedHashMap<String, Integer>();
    text.lines().forEach(line -> read(List.of(line.split(" ")), names));
    for (StepValue.Kind kind : StepValue.Kind.values()) {
      ofKind.put(kind, values(kind).stream().map(StepValue::name).toList());
    }
    var all = new ArrayList<>(names(StepValue.Kind.OPERAND));
    all.addAll(names(StepValue.Kind.PARAMETER));
    operands = List.copyOf(all);
  }

  /** The program with this text. */
  public static StepProgram of(String text) {
    return new StepProgram(text);
  }

  /** The text of a program of these parts. */
  public static StepProgram of(
      List<StepValue> values,
      List<StepInstruction> instructions,
      SequencedMap<String, Integer> outputs) {
    var text = new StringBuilder();
    for (StepValue value : values) {
      if (value.kind() != StepValue.Kind.MADE) {
        text.append(written(value)).append('\n');
      }
    }
    for (StepInstruction instruction : instructions) {
      text.append(written(instruction, values)).append('\n');
    }
    outputs.forEach(
        (name, value) -> text.append("out %s %s%n".formatted(name, values.get(value).name())));
    return of(text.toString().replace(System.lineSeparator(), "\n"));
  }

  private static String written(StepValue value) {
    var line = new StringJoiner(" ");
    line.add(value.kind().text()).add(value.name()).add(extent(value.each()));
    line.add(Integer.toString(value.size()));
    if (isTable(value.kind())) {
      line.add(Integer.toString(value.columns()));
    }
    value.constants().forEach(constant -> line.add(Double.toString(constant)));
    return line.toString();
  }

  private static String written(StepInstruction i, List<StepValue> values) {
    return "%s = %s %s %s %s %s %s %s %s %s"
            .formatted(
                values.get(i.result()).name(),
                i.function().text(),
                i.sum().text(),
                values.get(i.left().value()).name(),
                i.left().reach().text(),
                values.get(i.right().value()).name(),
                i.right().reach().text(),
                extent(i.each()),
                i.rows(),
                i.columns())
        + (i.split() == 0 ? "" : " " + i.split());
  }

  private static boolean isTable(StepValue.Kind kind) {
    return kind == StepValue.Kind.PARAMETER || kind == StepValue.Kind.STATE;
  }

  private static String extent(boolean each) {
    return each ? "each" : "all";
  }

  private void read(List<String> words, SequencedMap<String, Integer> names) {
    if (words.getFirst().equals("out")) {
      outputs.put(words.get(1), index(names, words.get(2)));
    } else if (words.get(1).equals("=")) {
      instruction(words, names);
    } else {
      StepValue.Kind kind = StepValue.Kind.valueOf(words.getFirst().toUpperCase(Locale.ROOT));
      boolean table = isTable(kind);
      int columns = table ? Integer.parseInt(words.get(4)) : 0;
      List<String> rest = words.subList(table ? 5 : 4, words.size());
      List<Double> constants = rest.stream().map(Double::valueOf).toList();
      boolean each = words.get(2).equals("each");
      int size = Integer.parseInt(words.get(3));
      add(new StepValue(kind, words.get(1), each, size, columns, constants), names);
    }
  }

  private void instruction(List<String> words, SequencedMap<String, Integer> names) {
    Sum sum = Sum.valueOf(words.get(3).toUpperCase(Locale.ROOT));
    boolean each = words.get(8).equals("each");
    int rows = Integer.parseInt(words.get(9));
    int columns = Integer.parseInt(words.get(10));
    var function = StepFunction.valueOf(words.get(2).toUpperCase(Locale.ROOT));
    Operand left = operand(words.get(4), words.get(5), names);
    Operand right = operand(words.get(6), words.get(7), names);
    int result = sum == Sum.ADDED ? index(names, words.getFirst()) : values.size();
    int split = words.size() > 11 ? Integer.parseInt(words.get(11)) : 0;
    var made = new StepInstruction(result, function, sum, left, right, each, rows, columns, split);
    if (sum != Sum.ADDED) {
      int size = split == 0 ? made.size() : split;
      var kind = StepValue.Kind.MADE;
      boolean apart = each || split > 0;
      add(new StepValue(kind, words.getFirst(), apart, size, 0, List.of()), names);
    }
    instructions.add(made);
  }

  private static Operand operand(String name, String reach, SequencedMap<String, Integer> names) {
    return new Operand(index(names, name), Reach.valueOf(reach.toUpperCase(Locale.ROOT)));
  }

  private static int index(SequencedMap<String, Integer> names, String name) {
    Integer index = names.get(name);
    if (index == null) {
      throw new NoSuchElementException("a step has no value " + name);
    }
    return index;
  }

  private void add(StepValue value, SequencedMap<String, Integer> names) {
    names.put(value.name(), values.size());
    values.add(value);
  }

  public List<StepValue> values() {
    return Collections.unmodifiableList(values);
  }

  public List<StepInstruction> instructions() {
    return Collections.unmodifiableList(instructions);
  }

  /** What comes out, by name: values by their numbers. */
  public SequencedMap<String, Integer> outputs() {
    return Collections.unmodifiableSequencedMap(outputs);
  }

  /** What comes out under a name. */
  public StepValue output(String name) {
    return values.get(Objects.requireNonNull(outputs.get(name), name));
  }

  /** The value of that name, of those that come from outside. */
  public StepValue value(String name) {
    return values.stream().filter(value -> value.name().equals(name)).findFirst().orElseThrow();
  }

  /** Those of a kind, in order. */
  public List<StepValue> values(StepValue.Kind kind) {
    return values.stream().filter(value -> value.kind() == kind).toList();
  }

  /** The names of those of a kind, in order. */
  public List<String> names(StepValue.Kind kind) {
    return Objects.requireNonNull(ofKind.get(kind));
  }

  /** What is read: for each token, then parameters. */
  public List<String> operands() {
    return operands;
  }

  /** Whether heads can be computed apart: nothing is read by all of them but single constants. */
  public boolean headsApart() {
    return instructions.stream().allMatch(StepInstruction::each)
        && values.stream()
            .allMatch(value -> value.each() || value.kind() == StepValue.Kind.CONSTANT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StepProgram program && program.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text. */
  @Override
  public String toString() {
    return text;
  }
}
