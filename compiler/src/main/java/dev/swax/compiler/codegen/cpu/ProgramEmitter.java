package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.swax.compiler.codegen.ClassComment;
import dev.swax.compiler.codegen.Comments;
import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.codegen.MemberNames;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.ParameterEmitter;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.plan.BlockPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.ModelProgram;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.tensor.Tensor;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * Prints a planned model as one Java class: its sizes, its tensors, forward and backward over the
 * layers, and a pair of methods for each kind of layer.
 */
public final class ProgramEmitter {
  /** Package of generated classes. */
  public static final String PACKAGE = "swax.generated";

  private final ModelPlan plan;
  private final Architecture architecture;
  private final OptimizerSettings optimizer;
  private final Constants constants = new Constants();
  private final MemberNames members = new MemberNames();
  private final RowFunctions functions = new RowFunctions(members);
  private final LayerLoops layers;
  private final Wires wires;
  private final TypeSpec.Builder type;

  private ProgramEmitter(ModelPlan plan, OptimizerSettings optimizer) {
    this.plan = plan;
    this.architecture = plan.model().architecture();
    this.optimizer = optimizer;
    this.layers = new LayerLoops(plan, members);
    this.wires = new Wires(plan.model(), members);
    this.type = TypeSpec.classBuilder(className(architecture));
  }

  /** The class that a model becomes. */
  public static String className(Architecture architecture) {
    return JavaNames.type(architecture.name());
  }

  /**
   * The source text of the class. The same plan gives the same bytes.
   *
   * @param version of swax, for the first line
   */
  public static String emit(ModelPlan plan, OptimizerSettings optimizer, String version) {
    return new ProgramEmitter(plan, optimizer).emit(version);
  }

  private String emit(String version) {
    type.addModifiers(Modifier.PUBLIC, Modifier.FINAL)
        .superclass(ModelProgram.class)
        .addJavadoc("$L", ClassComment.of(plan));
    sizes();
    buffers();
    var fields = new ArrayList<FieldEmitter>();
    var contexts = new ArrayList<Context>();
    List<BlockPlan> blocks = plan.blocks();
    for (int i = 0; i < blocks.size(); i++) {
      boolean kind = i > 0 && i < blocks.size() - 1;
      boolean inBlocks = i == blocks.size() - 1 && plan.hasHeadBlocks();
      contexts.add(
          new Context(
              blocks.get(i).block().name(),
              kind,
              i == 0,
              inBlocks,
              wires,
              constants,
              functions,
              members));
      fields.add(new FieldEmitter(blocks.get(i), contexts.get(i)));
      fields.get(i).declare(type);
    }
    var methods = TypeSpec.classBuilder("Methods");
    for (int i = 0; i < blocks.size(); i++) {
      new BlockEmitter(blocks.get(i), contexts.get(i), constants).emit(methods);
    }
    constants.declare(type);
    if (plan.model().hasReads()) {
      wires.declare(type);
      type.addMethod(wires.allocate());
    }
    type.addMethod(constructor(fields));
    fields.forEach(f -> type.addMethod(f.allocate()));
    type.addMethod(layers.forward());
    type.addMethod(layers.backward());
    methods.build().methodSpecs().forEach(type::addMethod);
    functions.emit(type);
    ParameterEmitter.emit(type, plan, members);
    accessors();
    return JavaFile.builder(PACKAGE, type.build())
        .addFileComment("$L", Comments.file(architecture, version))
        .indent("  ")
        .skipJavaLangImports(true)
        .build()
        .toString();
  }

  private void sizes() {
    constant(int.class, "LAYERS", architecture.layers().size());
    constant(int.class, "WIDTH", architecture.width());
    constant(int.class, "VOCABULARY", architecture.vocabulary());
    constant(double.class, "BETA_1", optimizer.beta1());
    constant(double.class, "BETA_2", optimizer.beta2());
    constant(double.class, "EPSILON", optimizer.epsilon());
    constant(double.class, "DECAY", optimizer.decay());
    TypeName species = ParameterizedTypeName.get(Types.SPECIES, ClassName.get(Float.class));
    type.addField(staticField(species, "SPECIES").initializer("$T.SPECIES", Types.MATH).build());
    type.addField(staticField(TypeName.INT, "LANES").initializer("SPECIES.length()").build());
    type.addField(
        staticField(ClassName.get(ByteOrder.class), "ORDER")
            .initializer("$T.ORDER", Types.MATH)
            .build());
    type.addField(
        staticField(Types.FLOAT_LAYOUT, "FLOAT")
            .initializer("$T.JAVA_FLOAT", Types.LAYOUTS)
            .build());
  }

  private void constant(Class<?> of, String name, Object value) {
    type.addField(staticField(TypeName.get(of), name).initializer("$L", value).build());
  }

  private static FieldSpec.Builder staticField(TypeName of, String name) {
    return FieldSpec.builder(of, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
  }

  private void buffers() {
    ArrayTypeName tensors = ArrayTypeName.of(Tensor.class);
    type.addField(
        instance(tensors, "stream")
            .addJavadoc("The residual stream before each layer, and after the last.")
            .initializer("new $T[LAYERS + 1]", Tensor.class)
            .build());
    type.addField(
        instance(tensors, "gradient")
            .addJavadoc("The gradient of the stream, before and after a layer in turn.")
            .initializer("new $T[2]", Tensor.class)
            .build());
    type.addField(
        instance(tensors, "partials")
            .addJavadoc(
                "Rows of its own for each part of a row kernel: sums over rows, and functions.")
            .build());
    for (String name : List.of("scratch", "losses", "logits", "unread")) {
      type.addField(instance(ClassName.get(Tensor.class), name).build());
    }
    if (plan.hasHeadBlocks()) {
      type.addField(HeadEmitter.field());
    }
    type.addField(FieldSpec.builder(int.class, "layer", Modifier.PRIVATE).build());
  }

  private static FieldSpec.Builder instance(TypeName of, String name) {
    return FieldSpec.builder(of, name, Modifier.PRIVATE, Modifier.FINAL);
  }

  private MethodSpec constructor(List<FieldEmitter> fields) {
    var code = CodeBlock.builder();
    int meta = architecture.options().meta();
    code.addStatement(
        "super(kernels, parameters, batch, time, context, training$L)",
        meta == 0 ? "" : ", " + meta);
    if (!plan.hasHeadBlocks()) {
      code.addStatement("scratch = keep($L)", plan.scratch(1));
    }
    code.addStatement("losses = keep(1)");
    if (!plan.hasHeadBlocks()) {
      code.addStatement("logits = keep(VOCABULARY)");
    }
    code.addStatement("unread = keep($L)", Math.max(1, architecture.width()));
    code.beginControlFlow("for (int layer = 0; layer <= LAYERS; layer++)");
    code.addStatement(
        plan.model().readsEmbedding()
            ? "stream[layer] = training || layer < 3 ? keep(WIDTH) : stream[layer - 2]"
            : "stream[layer] = training || layer < 2 ? keep(WIDTH) : stream[layer & 1]");
    code.endControlFlow();
    code.beginControlFlow("for (int i = 0; i < 2; i++)");
    code.addStatement("gradient[i] = training ? keep(WIDTH) : unread");
    code.endControlFlow();
    if (plan.hasHeadBlocks()) {
      code.add(HeadEmitter.allocate(plan));
    }
    code.addStatement("partials = new $T[$L]", Tensor.class, plan.partials());
    code.beginControlFlow("for (int i = 0; i < partials.length; i++)");
    code.addStatement(
        "partials[i] = allocate((long) kernels.mostRowParts(capacity) * $L)",
        plan.partialColumns());
    code.endControlFlow();
    if (plan.model().hasReads()) {
      code.addStatement("$N()", wires.allocate());
    }
    fields.forEach(f -> code.addStatement("$N()", f.allocate()));
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PUBLIC)
        .addParameter(Kernels.class, "kernels")
        .addParameter(Parameters.class, "parameters")
        .addParameter(int.class, "batch")
        .addParameter(int.class, "time")
        .addParameter(int.class, "context")
        .addParameter(boolean.class, "training")
        .addCode(code.build())
        .build();
  }

  private void accessors() {
    for (int kind = 0; kind < plan.kinds().size(); kind++) {
      type.addField(layers.layers(kind));
    }
    type.addMethod(accessor("losses"));
    type.addMethod(accessor("logits"));
    type.addMethod(Accessors.windowNames(architecture));
    type.addMethod(Accessors.update());
  }

  private static MethodSpec accessor(String field) {
    return MethodSpec.methodBuilder(field)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(Tensor.class)
        .addStatement("return $L", field)
        .build();
  }
}
