package dev.swax.compiler.facts;

import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.ParameterSpecs;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.schedule.WindowSchedule;
import dev.swax.runtime.train.Optimizer;
import dev.swax.runtime.train.ParameterGroup;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Facts for people: the layers on one line, then a table. */
public final class InfoText {
  private InfoText() {}

  /** All models, an empty line between two. */
  public static String render(List<FactSheet> sheets) {
    return sheets.stream().map(InfoText::render).collect(Collectors.joining("\n"));
  }

  private static String render(FactSheet sheet) {
    Architecture architecture = sheet.architecture();
    var text = new StringBuilder();
    text.append(architecture.name()).append("  (").append(architecture.span()).append(")\n");
    line(text, "layers", LayerPattern.folded(architecture));
    for (String memory : Memories.of(architecture)) {
      line(text, "memory", memory);
    }
    String feedForwards = LayerPattern.feedForwards(architecture);
    line(text, "ffn", feedForwards.isEmpty() ? "none" : feedForwards);
    line(text, "size", size(architecture));
    line(text, "parameters", parameters(sheet.parameters()));
    line(text, "FLOPs/token", flops(sheet));
    line(text, "state", Amounts.bytes(sheet.stateBytes()) + " for each sequence");
    line(text, "receptive field", field(sheet));
    line(text, "peak memory", memory(sheet));
    line(text, "by recompute", byRecompute(sheet));
    if (sheet.time() != null) {
      time(text, sheet.time());
    }
    if (sheet.optimizer() != null) {
      optimizer(text, sheet.optimizer(), architecture);
    }
    for (WindowVariable window : architecture.windows()) {
      line(text, "window " + window.name(), window(window.schedule(), sheet.usage()));
    }
    assumptions(text, architecture.assumptions());
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  ").append(String.format(Locale.ROOT, "%-16s", name));
    text.append("  ").append(value).append('\n');
  }

  private static String size(Architecture architecture) {
    return "%s blocks, width %s, vocabulary %s, %s"
        .formatted(
            architecture.layers().size(),
            Amounts.grouped(architecture.width()),
            Amounts.grouped(architecture.vocabulary()),
            architecture.options().words());
  }

  private static String parameters(ParameterCount count) {
    String active =
        count.active() == count.total()
            ? ""
            : ", %s (%s) active at a token"
                .formatted(Amounts.grouped(count.active()), Amounts.count(count.active()));
    return "%s (%s)%s, %s of them embedding and head"
        .formatted(
            Amounts.grouped(count.total()),
            Amounts.count(count.total()),
            active,
            Amounts.count(count.embedding()));
  }

  private static String flops(FactSheet sheet) {
    return String.format(
        Locale.ROOT,
        "%s forward, at sequences of %s tok%s",
        Amounts.engineering(sheet.flopsPerToken()),
        Amounts.grouped(sheet.usage().sequence()),
        sheet.usage().stated() ? "" : " (no train block says how long they are)");
  }

  private static String field(FactSheet sheet) {
    Long field = sheet.receptiveField();
    return field == null ? "unbounded" : Amounts.grouped(field) + " tok, the current one included";
  }

  private static String memory(FactSheet sheet) {
    int processes = sheet.usage().processes();
    return "%s for %s, %s x %s tok at a time"
        .formatted(
            Amounts.bytes(sheet.peakTrainingBytes()),
            processes == 1
                ? "the training process"
                : "each of %d training processes".formatted(processes),
            sheet.usage().batch(),
            Amounts.grouped(sheet.usage().sequence()));
  }

  private static String byRecompute(FactSheet sheet) {
    return sheet.trainingBytes().entrySet().stream()
        .map(each -> each.getKey().text() + " " + Amounts.bytes(each.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static void time(StringBuilder text, StepTime time) {
    StepTime.Machine machine = time.machine();
    var steps = new StringJoiner(", ");
    time.seconds()
        .forEach((processes, seconds) ->
            steps.add("%s ms by %d".formatted(Amounts.mean(1000 * seconds), processes)));
    line(text, "step", "of %s tok: %s".formatted(Amounts.grouped(time.tokens()), steps));
    line(
        text,
        "processes",
        "up to %d pay, at %s GFLOP/s each, %s MB/s and %s us between them"
            .formatted(
                time.worthwhile(),
                Amounts.mean(machine.flops() / 1e9),
                Amounts.mean(machine.bandwidth() / 1e6),
                Amounts.mean(1e6 * machine.latency())));
  }

  private static void optimizer(
      StringBuilder text, Optimizer optimizer, Architecture architecture) {
    var memory = OptimizerMemory.of(optimizer, architecture);
    String adamw = "adamw for %s numbers".formatted(Amounts.grouped(memory.adamwNumbers()));
    String muon =
        "muon for %s matrices of %s numbers, "
            .formatted(Amounts.grouped(memory.matrices()), Amounts.grouped(memory.muonNumbers()));
    String moments = ", %s of moments".formatted(Amounts.bytes(memory.moments()));
    line(text, "optimizer", (optimizer.muon() == null ? "" : muon) + adamw + moments);
    List<ParameterSpec> specs = ParameterSpecs.of(LowerModel.lower(architecture));
    for (ParameterGroup group : optimizer.groups()) {
      List<ParameterSpec> own = specs.stream().filter(spec -> group.has(spec.name())).toList();
      line(
          text,
          "group",
          "%s: %s parameters, %s numbers"
              .formatted(
                  group.describe(),
                  own.size(),
                  Amounts.grouped(own.stream().mapToLong(ParameterSpec::size).sum())));
    }
  }

  private static String window(WindowSchedule schedule, Usage usage) {
    if (schedule instanceof WindowSchedule.Constant(int keys)) {
      return keys + " keys, the current one included";
    }
    double mean = WindowMean.of(schedule, Integer.MAX_VALUE, usage.steps());
    return "%s; mean %s keys, tested at %s"
        .formatted(schedule.describe(), Amounts.mean(mean), schedule.testValue());
  }

  private static void assumptions(StringBuilder text, List<Assumption> assumptions) {
    for (Assumption assumption : assumptions) {
      line(
          text,
          "assumed",
          "%s = %s: %s (%s)"
              .formatted(
                  assumption.path(), assumption.value(), assumption.reason(), assumption.span()));
    }
  }
}
