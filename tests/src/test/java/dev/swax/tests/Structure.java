package dev.swax.tests;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.cpu.ProgramEmitter;
import dev.swax.compiler.codegen.tornado.DeviceProgramEmitter;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.GraphPrinter;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.plan.PlanPrinter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A compiled model in short: how many operations of which kind each stage leaves, one line a kernel
 * in the order in which they run, and which kernels the generated classes call.
 */
final class Structure {
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);
  private static final Pattern OPERATION = Pattern.compile("= (\\w+)");
  private static final Pattern CALL =
      Pattern.compile("(?:kernels\\.|\\b(?=attend|recur)|(?m:^ +)(?=rope))(\\w+)\\(");
  private static final Pattern KERNEL =
      Pattern.compile("(\\w+Kernels\\.\\w+(?=\\(context)|Product\\.\\w+)");
  private static final Pattern TASK = Pattern.compile("graph(?:\\.\\w+\\(|, )\"(\\w+)\"");
  private static final Pattern SIZE =
      Pattern.compile(
          "scratch = keep\\(.*|partials = new.*|partials\\[i] = .*|new DeviceBlock.*|most = Math.*");

  private final Lowering stages;
  private final StringBuilder out = new StringBuilder();

  private Structure(Architecture model) {
    this.stages = Lowering.of(model);
  }

  static String of(Architecture model) {
    return new Structure(model).print();
  }

  private String print() {
    LoweredModel ir = stages.ir();
    for (int block = 0; block < ir.blocks().size(); block++) {
      operations(block);
    }
    out.append("\nplan\n").append(PlanText.shorten(PlanPrinter.print(stages.plan())));
    processor();
    device(Products.OWN);
    device(Products.CUBLAS_BF16);
    return out.toString();
  }

  /** {@code memory: ir 58, simplified 61, grad 190, optimized 166: add 12, divide 2, ...}. */
  private void operations(int block) {
    String name = stages.ir().blocks().get(block).name();
    String sizes =
        Stream.of(stages.ir(), stages.simplified(), stages.grad(), stages.optimized())
            .map(stage -> stage.blocks().get(block).graph().nodes().size())
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    Graph optimized = stages.optimized().blocks().get(block).graph();
    String lines =
        optimized.nodes().stream().map(GraphPrinter::line).collect(Collectors.joining("\n"));
    out.append("%s: %s nodes; %s\n".formatted(name, sizes, counts(OPERATION, lines)));
  }

  private void processor() {
    var program = ClassMembers.of(ProgramEmitter.emit(stages.plan(), ADAMW, Compiler.VERSION));
    out.append("\ncpu, ").append(program.size()).append(" members\n");
    program.forEach((name, text) -> {
      sizes(text);
      line(name, "", counts(CALL, text));
    });
  }

  /** Tasks stand in the order of the plan. */
  private void device(Products products) {
    var program =
        ClassMembers.of(
            DeviceProgramEmitter.emit(stages.plan(), ADAMW, products, Compiler.VERSION));
    out.append("\ndevice, products by ")
        .append(products)
        .append(", ")
        .append(program.size())
        .append(" members\n");
    program.forEach((name, text) -> {
      sizes(text);
      List<String> tasks = TASK.matcher(text).results().map(task -> task.group(1)).toList();
      String bodies =
          tasks.stream().map(task -> program.get(task + "(")).collect(Collectors.joining());
      line(name, ", %s tasks".formatted(tasks.size()), counts(KERNEL, bodies));
    });
  }

  /** What a member allocates. */
  private void sizes(String text) {
    SIZE.matcher(text)
        .results()
        .forEach(size -> out.append("  ").append(size.group()).append('\n'));
  }

  private void line(String member, String more, String counts) {
    if (!counts.isEmpty()) {
      out.append("  %s%s: %s\n".formatted(member.replace("(", ""), more, counts));
    }
  }

  private static String counts(Pattern pattern, String text) {
    Map<String, Integer> counts = new TreeMap<>();
    Matcher found = pattern.matcher(text);
    while (found.find()) {
      counts.merge(found.group(1), 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .map(count -> count.getKey() + " " + count.getValue())
        .collect(Collectors.joining(", "));
  }
}
