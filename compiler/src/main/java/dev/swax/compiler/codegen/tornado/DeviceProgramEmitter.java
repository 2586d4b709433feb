package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.swax.compiler.codegen.ClassComment;
import dev.swax.compiler.codegen.Comments;
import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.codegen.Literals;
import dev.swax.compiler.codegen.MemberNames;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.ParameterEmitter;
import dev.swax.compiler.codegen.RecordCode;
import dev.swax.compiler.lower.ParameterSpecs;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.plan.BlockPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Parameters;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Prints a planned model as a Java class for TornadoVM: a static method for every kernel, with the
 * model's sizes as constants, and a method for every task graph. Layers of a kind share their
 * kernels; which layer runs is a matter of indices that the host sets.
 */
public final class DeviceProgramEmitter {
  /** Package of generated classes. */
  public static final String PACKAGE = "swax.generated.tornado";

  /**
   * The static method of a generated class that tells what a program of {@code batch} sequences of
   * {@code time} tokens allocates.
   */
  public static final String ARRAYS = "arrays";

  private static final ClassName MUON = DeviceNames.kernels("MuonKernels");

  private final ModelPlan plan;
  private final Architecture architecture;
  private final OptimizerSettings optimizer;
  private final ModelTasks tasks;
  private final String name;
  private final TypeSpec.Builder type;

  private DeviceProgramEmitter(ModelPlan plan, OptimizerSettings optimizer, Products products) {
    this.plan = plan;
    this.architecture = plan.model().architecture();
    this.optimizer = optimizer;
    this.tasks = new ModelTasks(plan, products);
    this.name = className(architecture);
    this.type = TypeSpec.classBuilder(name);
  }

  /** The class that a model becomes. */
  public static String className(Architecture architecture) {
    return JavaNames.type(architecture.name());
  }

  /**
   * The source text of the class. The same plan gives the same bytes.
   *
   * @param products what multiplies matrices
   * @param version of swax, for the first line
   */
  public static String emit(
      ModelPlan plan, OptimizerSettings optimizer, Products products, String version) {
    return new DeviceProgramEmitter(plan, optimizer, products).emit(version);
  }

  private String emit(String version) {
    type.addModifiers(Modifier.PUBLIC, Modifier.FINAL)
        .superclass(DeviceNames.PROGRAM)
        .addJavadoc("$L\n", ClassComment.of(plan))
        .addJavadoc(
            "<p>Functions of single floats are those of {@link $T} and {@link $T}.\n",
            DeviceNames.FLOAT_MATH,
            DeviceNames.kernels("DeviceMath"));
    type.addMethod(constructor());
    type.addField(
        FieldSpec.builder(int[].class, "ORDER", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addJavadoc("The kind of each layer.")
            .initializer("{$L}", joined(plan.model().order().stream()))
            .build());
    if (tasks.mostReads() > 0) {
      addReads();
    }
    type.addMethod(arrays());
    type.addMethod(most("workspaceFloats", workspace()));
    type.addMethod(most("halfFloats", tasks.halves()));
    type.addMethod(addGraphs());
    for (ModelTasks.Graph graph : tasks.graphs()) {
      type.addMethod(graph(graph));
      graph.tasks().forEach(task -> type.addMethod(task.method()));
    }
    ParameterEmitter.emit(type, plan, new MemberNames());
    return JavaFile.builder(PACKAGE, type.build())
        .addFileComment("$L", Comments.file(architecture, version))
        .indent("  ")
        .skipJavaLangImports(true)
        .build()
        .toString();
  }

  /**
   * Where layers read of earlier layers:
   *
   * <pre>{@code
   * private static final int[][] READS_OF = {{}, {1, 0, 1, 32}, {1, 0, 1, 32}};
   * private static final int READS = WINDOWS + 1;
   * }</pre>
   */
  private void addReads() {
    CodeBlock places =
        IntStream.range(0, plan.model().order().size())
            .mapToObj(layer -> LayerReads.places(plan.model(), layer, tasks.layouts()))
            .collect(CodeBlock.joining(", "));
    type.addField(
        FieldSpec.builder(int[][].class, "READS_OF", Modifier.PRIVATE, Modifier.STATIC)
            .addModifiers(Modifier.FINAL)
            .addJavadoc("For each layer the steps that it reads, and how many columns are before.")
            .initializer("{$L}", places)
            .build());
    type.addField(
        FieldSpec.builder(int.class, "READS", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addJavadoc("The first word of {@code control} that says where such a value begins.")
            .initializer("WINDOWS + $L", architecture.windows().size())
            .build());
  }

  private MethodSpec constructor() {
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PUBLIC)
        .addParameter(Parameters.class, "parameters")
        .addParameter(int.class, "batch")
        .addParameter(int.class, "time")
        .addStatement(
            "super(parameters, new $T($L, $L, $L, $L), $N(batch, time))",
            DeviceNames.OPTIMIZER,
            optimizer.beta1(),
            optimizer.beta2(),
            optimizer.epsilon(),
            optimizer.decay(),
            ARRAYS)
        .build();
  }

  private MethodSpec arrays() {
    var code = CodeBlock.builder();
    code.add("return new $T(\n$>$>", DeviceNames.ARRAYS);
    code.add(sizes());
    code.add(",\nbatch,\ntime,\nworkspaceFloats(batch, time),\nhalfFloats(batch, time));\n$<$<");
    return MethodSpec.methodBuilder(ARRAYS)
        .addJavadoc("What training so many sequences of so many tokens allocates.")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addParameter(int.class, "batch")
        .addParameter(int.class, "time")
        .returns(DeviceNames.ARRAYS)
        .addCode(code.build())
        .build();
  }

  private CodeBlock sizes() {
    int scratch = plan.blocks().stream().mapToInt(BlockPlan::scratchColumns).max().orElse(0);
    var code = CodeBlock.builder();
    code.add("new $T(\n$>$>", DeviceNames.SIZES);
    code.add(
        "$L, $L, $T.of($L), $L, $L,\n",
        architecture.width(),
        architecture.vocabulary(),
        List.class,
        windows(),
        scratch,
        tasks.partialColumns());
    code.add("new float[] {$L},\n", constants());
    code.add("$T.of($L),\n", List.class, rotations());
    code.add("$T.of(\n$>$>", List.class);
    for (int i = 0; i < tasks.layouts().size(); i++) {
      BlockLayout layout = tasks.layouts().get(i);
      code.add(
          "new $T($S, $S, $L, $L, $L)$L",
          DeviceNames.BLOCK,
          tasks.graphs().get(2 * i).name(),
          tasks.graphs().get(2 * i + 1).name(),
          layout.matrixFloats(),
          layout.vectorFloats(),
          layout.keptColumns(),
          i + 1 < tasks.layouts().size() ? ",\n" : "),\n");
    }
    code.add("$<$<ORDER");
    int positions = tasks.positions();
    if (positions > 0 || tasks.mostReads() > 0) {
      code.add(", $L, ", positions);
      code.add(tasks.mostReads() > 0 ? "READS_OF" : "new int[ORDER.length][0]");
    }
    code.add(")$<$<");
    return code.build();
  }

  private String constants() {
    return tasks.constants().keySet().stream()
        .flatMap(List::stream)
        .map(Literals::of)
        .collect(Collectors.joining(", "));
  }

  private CodeBlock rotations() {
    return tasks.rotations().stream()
        .map(r ->
            r.isPlain()
                ? CodeBlock.of("$T.plain($L, $L)", Rotation.class, r.headWidth(), r.base())
                : RecordCode.of(r))
        .collect(CodeBlock.joining(", "));
  }

  private CodeBlock windows() {
    return architecture.windows().stream()
        .map(w -> CodeBlock.of("$S", w.name()))
        .collect(CodeBlock.joining(", "));
  }

  /** What kernels need, and Muon where it updates. */
  private Set<CodeBlock> workspace() {
    Set<CodeBlock> needs = new LinkedHashSet<>(tasks.workspace());
    if (optimizer.muon()) {
      for (ParameterSpec spec : ParameterSpecs.of(plan.model())) {
        if (spec.matrices() > 0) {
          int rows = spec.rows() / spec.matrices();
          needs.add(CodeBlock.of("$T.workspace($L, $L)", MUON, rows, spec.columns()));
        }
      }
    }
    return needs;
  }

  /** A method that returns the most of what tasks need. */
  private static MethodSpec most(String method, Set<CodeBlock> needs) {
    var code = CodeBlock.builder();
    if (!needs.isEmpty()) {
      code.addStatement("int capacity = batch * time");
    }
    code.addStatement("long most = 1");
    for (CodeBlock need : needs) {
      code.addStatement("most = Math.max(most, $L)", need);
    }
    code.addStatement("return most");
    return MethodSpec.methodBuilder(method)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(int.class, "batch")
        .addParameter(int.class, "time")
        .returns(long.class)
        .addCode(code.build())
        .build();
  }

  private MethodSpec addGraphs() {
    var code = CodeBlock.builder();
    tasks.graphs().forEach(graph -> code.addStatement("$N()", graph.name()));
    return MethodSpec.methodBuilder("addGraphs")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .addCode(code.build())
        .build();
  }

  private MethodSpec graph(ModelTasks.Graph graph) {
    var code = CodeBlock.builder();
    code.addStatement("$T graph = begin($S)", DeviceNames.TASK_GRAPH, graph.name());
    graph.tasks().forEach(task -> code.add(task.add(name)));
    code.addStatement("end(graph)");
    return MethodSpec.methodBuilder(graph.name())
        .addModifiers(Modifier.PRIVATE)
        .addCode(code.build())
        .build();
  }

  private static String joined(Stream<Integer> numbers) {
    return numbers.map(String::valueOf).collect(Collectors.joining(", "));
  }
}
