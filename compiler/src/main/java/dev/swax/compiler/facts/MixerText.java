package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.Mixer;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.model.cell.CellPrinter;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The mixers of one model in a few words each, {@code swa(window 128, heads 4, head 16, rope 10k)}:
 * everything that the arguments of attention say, and of a cell its heads and its states. Mixers
 * that differ have texts that differ; what the words do not show is numbered, {@code gla(…) no. 2}.
 */
final class MixerText {
  private static final int THOUSAND = 1000;

  private final Architecture architecture;
  // By their short text, what tells mixers of that text apart.
  private final SequencedMap<String, List<String>> known = new LinkedHashMap<>();

  MixerText(Architecture architecture) {
    this.architecture = architecture;
    for (Layer layer : architecture.layers()) {
      if (layer.mixer() != null) {
        List<String> alike = known.computeIfAbsent(brief(layer.mixer()), _ -> new ArrayList<>());
        String whole = whole(layer.mixer());
        if (!alike.contains(whole)) {
          alike.add(whole);
        }
      }
    }
  }

  String of(Mixer mixer) {
    String brief = brief(mixer);
    List<String> alike = known.getOrDefault(brief, List.of());
    return alike.size() < 2 ? brief : brief + " no. " + (alike.indexOf(whole(mixer)) + 1);
  }

  private String brief(Mixer mixer) {
    return switch (mixer) {
      case Mixer.Memory memory -> cell(memory.cell());
      case Mixer.Attention attention -> attention(attention);
    };
  }

  private String attention(Mixer.Attention attention) {
    var arguments = new ArrayList<String>();
    if (attention.window() >= 0) {
      arguments.add("window " + window(schedule(attention)));
    }
    arguments.add("heads " + attention.heads());
    if (attention.keyHeads() != attention.heads()) {
      arguments.add("key_heads " + attention.keyHeads());
    }
    arguments.add("head " + attention.headWidth());
    Double theta = attention.ropeTheta();
    arguments.add("rope " + (theta == null ? "none" : thousands(theta)));
    String name = attention.window() < 0 ? "attention" : "swa";
    return name + "(" + String.join(", ", arguments) + ")";
  }

  /** {@code 10k}, as it is written. */
  private static String thousands(double number) {
    return number % THOUSAND == 0 ? Amounts.mean(number / THOUSAND) + "k" : Double.toString(number);
  }

  private static String cell(Cell cell) {
    String widths =
        cell.convolutions().stream()
            .map(conv -> Integer.toString(conv.width()))
            .distinct()
            .collect(Collectors.joining("|"));
    return "%s(heads %s, state %s%s)"
        .formatted(
            cell.name(),
            cell.heads(),
            cell.recurrence().shape().stateText(),
            widths.isEmpty() ? "" : ", conv " + widths);
  }

  /** All that makes a mixer another one than those of the same short text. */
  private String whole(Mixer mixer) {
    return switch (mixer) {
      case Mixer.Memory memory -> CellPrinter.explain(memory.cell());
      case Mixer.Attention a when a.window() >= 0 -> schedule(a).describe();
      case Mixer.Attention _ -> "";
    };
  }

  private WindowSchedule schedule(Mixer.Attention attention) {
    return architecture.windows().get(attention.window()).schedule();
  }

  private static String window(WindowSchedule schedule) {
    return switch (schedule) {
      case WindowSchedule.Constant(int window) -> Integer.toString(window);
      case WindowSchedule.Sample(var outcomes) ->
          outcomes.stream()
              .map(outcome -> Integer.toString(outcome.window()))
              .distinct()
              .collect(Collectors.joining("|"));
      case WindowSchedule.Until(var first, _, var second) ->
          window(first) + " then " + window(second);
      case WindowSchedule.Ramp(int from, int to, _) -> from + ".." + to;
    };
  }
}
