package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartPrinter;
import dev.swax.compiler.model.part.PartText;
import dev.swax.compiler.type.PartKind;
import dev.swax.runtime.kernel.attention.AttentionShape;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The parts of one model in a few words each, {@code swa(window 128, heads 4, head 16, rope 10k)}:
 * of attention what it attends to and with what, of a cell its heads and its states, of all others
 * their parameters. Parts that differ have texts that differ; what the words do not show is
 * numbered, {@code gla(…) no. 2}.
 */
final class PartLabels {
  /** A switch that is off says nothing. */
  private static final String OFF = "false";

  private static final int THOUSAND = 1000;

  private final Architecture architecture;
  // By their short text, what tells parts of that text apart.
  private final SequencedMap<String, List<String>> known = new LinkedHashMap<>();

  PartLabels(Architecture architecture) {
    this.architecture = architecture;
    for (Layer layer : architecture.layers()) {
      for (Part part : layer.parts()) {
        List<String> alike = known.computeIfAbsent(brief(part), _ -> new ArrayList<>());
        String whole = whole(part);
        if (!alike.contains(whole)) {
          alike.add(whole);
        }
      }
    }
  }

  String of(Part part) {
    String brief = brief(part);
    List<String> alike = known.getOrDefault(brief, List.of());
    return alike.size() < 2 ? brief : brief + " no. " + (alike.indexOf(whole(part)) + 1);
  }

  private String brief(Part part) {
    List<String> words = new ArrayList<>();
    if (part.recurrence() != null) {
      words.add("heads " + part.heads());
      words.add("state " + part.recurrence().shape().stateText());
      part.attentions().forEach(attend -> words.addAll(attention(attend)));
    } else if (part.kind() == PartKind.CELL && !part.attentions().isEmpty()) {
      part.attentions().forEach(attend -> words.addAll(attention(attend)));
      words.add("rope " + rope(part));
    } else if (!part.mixtures().isEmpty()) {
      part.mixtures().forEach(mixture -> words.add(mixture.routing().words()));
    } else if (part.kind() != PartKind.BLOCK) {
      part.parameters().forEach((name, text) -> words.add(name + " " + text));
      words.removeIf(word -> word.endsWith(" " + OFF));
    }
    String widths =
        part.convolutions().stream()
            .map(conv -> Integer.toString(conv.width()))
            .distinct()
            .collect(Collectors.joining("|"));
    if (!widths.isEmpty()) {
      words.add("conv " + widths);
    }
    String reads = reads(part);
    if (!reads.isEmpty()) {
      words.add("reads " + reads);
    }
    String shared = part.shared() == null ? "" : "shared ";
    return shared + part.name() + "(" + String.join(", ", words) + ")";
  }

  /** What it reads of other layers and of the embedding: {@code full.k|full.v}. */
  private static String reads(Part part) {
    return part.expressions().stream()
        .filter(e -> e instanceof PartExpression.Read || e instanceof PartExpression.Embedding)
        .map(PartText::of)
        .distinct()
        .collect(Collectors.joining("|"));
  }

  private List<String> attention(PartExpression.Attend attend) {
    var words = new ArrayList<String>();
    if (attend.window() >= 0) {
      words.add("window " + window(schedule(attend)));
    }
    words.add("heads " + attend.shape().heads());
    if (attend.shape().keyHeads() != attend.shape().heads()) {
      words.add("key_heads " + attend.shape().keyHeads());
    }
    words.add("head " + attend.shape().headWidth());
    words.addAll(options(attend.shape()));
    return words;
  }

  private static List<String> options(AttentionShape shape) {
    var words = new ArrayList<String>();
    if (shape.valueWidth() != shape.headWidth()) {
      words.add("value " + shape.valueWidth());
    }
    if (shape.chunk() > 0) {
      words.add("chunk " + shape.chunk());
    }
    if (shape.scale() != 1 / Math.sqrt(shape.headWidth())) {
      words.add("scale " + PartText.number(shape.scale()));
    }
    if (shape.cap() > 0) {
      words.add("cap " + PartText.number(shape.cap()));
    }
    if (shape.sinks()) {
      words.add("sinks");
    }
    return words;
  }

  private static String rope(Rotation rotation) {
    return thousands(rotation.base())
        + (rotation.columns() == rotation.headWidth()
            ? ""
            : " of " + rotation.columns() + " columns")
        + switch (rotation.scaling()) {
          case RopeScaling.None _ -> "";
          case RopeScaling.Linear _ -> " linear";
          case RopeScaling.Llama3 _ -> " llama3";
          case RopeScaling.Yarn _ -> " yarn";
          case RopeScaling.LongRope _ -> " longrope";
        };
  }

  private static String rope(Part part) {
    String bases =
        part.expressions().stream()
            .filter(PartExpression.Rotate.class::isInstance)
            .map(rotate -> rope(((PartExpression.Rotate) rotate).rotation()))
            .distinct()
            .collect(Collectors.joining("|"));
    return bases.isEmpty() ? "none" : bases;
  }

  /** {@code 10k}, as it is written. */
  private static String thousands(double number) {
    return number % THOUSAND == 0 ? Amounts.mean(number / THOUSAND) + "k" : Double.toString(number);
  }

  /** All that makes a part another one than those of the same short text. */
  private String whole(Part part) {
    String windows =
        part.attentions().stream()
            .filter(attend -> attend.window() >= 0)
            .map(attend -> schedule(attend).describe())
            .collect(Collectors.joining("\n"));
    return PartPrinter.explain(part) + windows;
  }

  private WindowSchedule schedule(PartExpression.Attend attend) {
    return architecture.windows().get(attend.window()).schedule();
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
