package dev.swax.compiler.codegen.tornado;

import dev.swax.compiler.codegen.Literals;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.plan.Place;
import dev.swax.runtime.kernel.step.StepProgram;
import dev.swax.runtime.kernel.step.StepShape;
import dev.swax.runtime.kernel.step.StepValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the numbers of a walk lie: states, what comes after them, gradients of states and what the
 * two programs make in the slots of a thread; all else in the arrays of the model.
 */
final class StepSlots {
  private final StepShape shape;
  private final CallTasks calls;
  private final TaskWords words;
  private final Node node;
  private final boolean apart;
  private final Map<String, Integer> slots = new LinkedHashMap<>();
  private int fixed;

  StepSlots(StepShape shape, CallTasks calls, TaskWords words, Node node) {
    this.shape = shape;
    this.calls = calls;
    this.words = words;
    this.node = node;
    this.apart = isApart(shape);
    for (String kind : new String[] {"state ", "next ", "slope "}) {
      for (String state : shape.states()) {
        place(kind + state, shape.step().value(state));
      }
    }
    made("step ", shape.step());
    made("gradient ", shape.gradient());
  }

  /** Whether heads do not read each other. */
  static boolean isApart(StepShape shape) {
    return shape.step().headsApart() && shape.gradient().headsApart();
  }

  private void made(String program, StepProgram of) {
    of.values().stream()
        .filter(value -> value.kind() == StepValue.Kind.MADE)
        .forEach(value -> place(program + value.name(), value));
  }

  private void place(String name, StepValue value) {
    slots.put(name, fixed);
    fixed += length(value);
  }

  /** Numbers of a thread, without the states of segments. */
  int fixed() {
    return fixed;
  }

  /** Numbers of a value that a thread has. */
  int length(StepValue value) {
    return value.each() && !apart ? shape.heads() * value.size() : value.size();
  }

  /** Numbers of all states that a thread has. */
  int stateLength() {
    return shape.states().stream().mapToInt(state -> length(shape.step().value(state))).sum();
  }

  /** The first slot of something, by its kind and name. */
  int slot(String name) {
    Integer slot = slots.get(name);
    if (slot == null) {
      throw new IllegalStateException("no slot for " + name);
    }
    return slot;
  }

  String get(String slot) {
    return "%s.get((%s) * total + part)".formatted(workspace(), slot);
  }

  String set(String slot, String value) {
    return "%s.set((%s) * total + part, %s)".formatted(workspace(), slot, value);
  }

  private String workspace() {
    return words.array(DeviceArray.WORKSPACE);
  }

  /** Number {@code at} of a value, in the head that is at hand where it has one for each. */
  String read(String program, StepValue value, String at) {
    String own = value.each() ? index(value, at) : at;
    return switch (value.kind()) {
      case CONSTANT -> constant(value, at);
      case MADE -> get(slot(program + value.name()) + " + " + own);
      case GRADIENT -> throw new IllegalStateException("read: " + value.name());
      case PARAMETER -> array(value.name(), value.each() ? ofAll(value, at) : at);
      case STATE, OPERAND -> fromOutside(value, at, own);
    };
  }

  /** Number {@code at} of the numbers of all heads of a value. */
  String readAll(String program, StepValue value, String at) {
    return read(program, asOne(value), at);
  }

  private StepValue asOne(StepValue value) {
    return new StepValue(
        value.kind(),
        value.name(),
        false,
        value.length(shape.heads()),
        value.columns(),
        value.constants());
  }

  private String fromOutside(StepValue value, String at, String own) {
    String name = value.name();
    if (shape.states().contains(name)) {
      return get(slot("state " + name) + " + " + own);
    }
    if (name.startsWith("d:") && name.endsWith("'")) {
      return get(slot("slope " + name.substring(2, name.length() - 1)) + " + " + own);
    }
    return array(name, inRow(value, at));
  }

  /** Within a row of all heads. */
  String inRow(StepValue value, String at) {
    String inside = value.each() ? ofAll(value, at) : at;
    return "row * %s + %s".formatted(value.length(shape.heads()), inside);
  }

  /** Among the numbers of all heads. */
  String ofAll(StepValue value, String at) {
    return "%s * %s + %s".formatted(apart ? "head" : "h", value.size(), at);
  }

  /** Among the numbers of the thread. */
  private String index(StepValue value, String at) {
    return apart ? at : "h * %s + %s".formatted(value.size(), at);
  }

  /** Where a result of an instruction lies. */
  String made(String program, StepValue value, boolean each, int size, String at) {
    String own = each && !apart ? "h * %s + %s".formatted(size, at) : at;
    return slot(program + value.name()) + " + " + own;
  }

  private String array(String name, String at) {
    var id =
        name.equals("d:" + StepShape.RESULT)
            ? node.operands().getLast()
            : node.operand(shape.operands().indexOf(name));
    return "%s.get(%s + %s)".formatted(calls.array(words, id), calls.from(words, id), at);
  }

  private String constant(StepValue value, String at) {
    if (value.constants().stream().distinct().count() == 1) {
      return Literals.of(value.constants().getFirst());
    }
    var place = new Place.Fixed(value.constants());
    String index = value.each() ? apart ? "head" : "h" : at;
    return "%s.get(%s + %s)".formatted(words.array(place), words.from(place), index);
  }
}
