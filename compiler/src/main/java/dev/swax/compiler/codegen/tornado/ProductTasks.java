package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.swax.compiler.codegen.tornado.CallTasks.Call;
import dev.swax.compiler.codegen.tornado.CallTasks.Kernel;
import dev.swax.compiler.codegen.tornado.CallTasks.Library;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.TensorType;
import dev.swax.compiler.ir.ValueId;
import java.util.List;

/** The tasks of a product of matrices: a kernel, or a library's function and what it needs. */
final class ProductTasks {
  private static final ClassName MATMUL = DeviceNames.kernels("MatmulKernels");
  private static final ClassName ROWS = DeviceNames.kernels("RowKernels");
  private static final ClassName BFLOAT16 = DeviceNames.kernels("BFloat16Kernels");

  /** A gradient with fewer numbers has too few tiles for a large device: its depth is divided. */
  private static final long FEW_NUMBERS = 1L << 20;

  /** Matrices in bfloat16 begin at multiples of this, as tensor cores like them. */
  private static final int ALIGNMENT = 8;

  /**
   * A product {@code c = a b}.
   *
   * @param form plain, transposedRight or transposedLeft
   * @param m expression, as k and n are
   */
  private record Matrices(
      String form, ValueId a, ValueId b, ValueId c, int accumulate, String m, String k, String n) {}

  private final CallTasks calls;
  private final BlockTasks block;

  ProductTasks(CallTasks calls, BlockTasks block) {
    this.calls = calls;
    this.block = block;
  }

  /**
   * {@code tokens weight}, or {@code tokens weightᵀ}, on top of what is there if accumulate is 1.
   */
  List<Call> product(Node node, boolean right, List<ValueId> operands, int accumulate) {
    TensorType weight = calls.type(operands.get(1));
    var matrices =
        new Matrices(
            right ? "transposedRight" : "plain",
            operands.get(0),
            operands.get(1),
            node.id(),
            accumulate,
            ControlWord.ROWS.variable(),
            Integer.toString(right ? weight.columns() : weight.rows()),
            Integer.toString(node.type().columns()));
    return block.products() == Products.OWN
        ? List.of(kernel(matrices, CodeBlock.of("$T.grid(capacity, $L)", MATMUL, matrices.n)))
        : library(matrices);
  }

  /** {@code tokensᵀ tokens}, on top of the gradient of earlier calls. */
  List<Call> weightGradient(Node node) {
    int m = node.type().rows();
    int n = node.type().columns();
    var matrices =
        new Matrices(
            "transposedLeft",
            node.operand(0),
            node.operand(1),
            node.id(),
            1,
            Integer.toString(m),
            ControlWord.ROWS.variable(),
            Integer.toString(n));
    if (block.products() != Products.OWN) {
      return library(matrices);
    }
    return (long) m * n < FEW_NUMBERS
        ? divided(matrices, m, n)
        : List.of(kernel(matrices, CodeBlock.of("$T.grid($L, $L)", MATMUL, m, n)));
  }

  private Kernel kernel(Matrices product, CodeBlock grid) {
    TaskWords words = words();
    return new Kernel(
        words,
        CodeBlock.of(
            "$T.$L(context, $L, $L, $L, $L, $L, $L, $L)",
            MATMUL,
            product.form,
            calls.at(words, product.a),
            calls.at(words, product.b),
            calls.at(words, product.c),
            product.m,
            product.k,
            product.n,
            product.accumulate),
        grid);
  }

  /** Parts of the depth each by themselves, and then their sum. */
  private List<Call> divided(Matrices product, int m, int n) {
    CodeBlock parts = CodeBlock.of("$T.parts($L, capacity, $L)", MATMUL, m, n);
    block.needWorkspace(CodeBlock.of("(long) $L * $L", parts, m * n));
    TaskWords each = words();
    each.word(ControlWord.CAPACITY);
    TaskWords all = words();
    all.word(ControlWord.CAPACITY);
    return List.of(
        new Kernel(
            "parts",
            each,
            CodeBlock.of(
                "$T.transposedLeftParts(context, $L, $L, $L, 0, $L, $L, $L, $L)",
                MATMUL,
                calls.at(each, product.a),
                calls.at(each, product.b),
                each.array(DeviceArray.WORKSPACE),
                m,
                product.k,
                n,
                parts),
            CodeBlock.of("$T.grid($L, $L, $L)", MATMUL, m, n, parts)),
        new Kernel(
            "",
            all,
            CodeBlock.of(
                "$T.addParts(context, $L, 0, $L == 0 ? 0 : $L, $L, $L, 1)",
                ROWS,
                all.array(DeviceArray.WORKSPACE),
                product.k,
                parts,
                m * n,
                calls.at(all, product.c)),
            CodeBlock.of("$T.grid($L)", ROWS, m * n)));
  }

  private List<Call> library(Matrices product) {
    return switch (block.products()) {
      case OWN -> throw new IllegalStateException("kernels are no library");
      case CUBLAS -> List.of(library(product, "FP32"));
      case CUBLAS_TF32 -> List.of(library(product, "TF32"));
      case CUBLAS_BF16 -> inBFloat16(product);
    };
  }

  private Library library(Matrices product, String precision) {
    TaskWords words = words();
    return new Library(
        "",
        words,
        form(
            product,
            calls.from(words, product.a),
            calls.from(words, product.b),
            calls.from(words, product.c),
            product.accumulate),
        precision,
        calls.array(words, product.a),
        calls.array(words, product.b),
        calls.array(words, product.c));
  }

  private static CodeBlock form(
      Matrices product, String aAt, String bAt, String cAt, int accumulate) {
    return CodeBlock.of(
        "$T.$L($L, $L, $L, $L, $L, $L, $L)",
        DeviceNames.PRODUCT,
        product.form,
        aAt,
        bAt,
        cAt,
        product.m,
        product.k,
        product.n,
        accumulate);
  }

  /** Both factors are rounded to where the library reads them, and its result is widened. */
  private List<Call> inBFloat16(Matrices product) {
    String aSize = size(product.a, "capacity");
    String bSize = size(product.b, "capacity");
    String tokens = "(long) capacity";
    block.needHalves(
        CodeBlock.of(
            "$L + $L + $L",
            size(product.a, tokens),
            size(product.b, tokens),
            size(product.c, tokens)));
    TaskWords words = words();
    words.word(ControlWord.CAPACITY);
    String halves = DeviceArray.HALVES.javaName();
    return List.of(
        narrow("left", product.a, "0"),
        narrow("right", product.b, aSize),
        new Library(
            "product",
            words,
            form(product, "0", aSize, aSize + " + " + bSize, 0),
            "BF16",
            halves,
            halves,
            halves),
        widen(product, aSize + " + " + bSize));
  }

  private Kernel narrow(String step, ValueId value, String to) {
    TaskWords words = words();
    words.word(ControlWord.CAPACITY);
    return new Kernel(
        step,
        words,
        CodeBlock.of(
            "$T.narrow(context, $L, $L, $L, $L)",
            BFLOAT16,
            calls.at(words, value),
            words.array(DeviceArray.HALVES),
            to,
            count(value)),
        grid(value));
  }

  private Kernel widen(Matrices product, String from) {
    TaskWords words = words();
    words.word(ControlWord.CAPACITY);
    return new Kernel(
        "",
        words,
        CodeBlock.of(
            "$T.widen(context, $L, $L, $L, $L, $L)",
            BFLOAT16,
            words.array(DeviceArray.HALVES),
            from,
            calls.at(words, product.c),
            count(product.c),
            product.accumulate),
        grid(product.c));
  }

  private CodeBlock grid(ValueId value) {
    TensorType type = calls.type(value);
    return type.perToken()
        ? CodeBlock.of("$T.grid((long) capacity * $L)", BFLOAT16, type.columns())
        : CodeBlock.of("$T.grid($L)", BFLOAT16, type.rows() * type.columns());
  }

  /** Numbers of a value, as an expression. */
  private String count(ValueId value) {
    TensorType type = calls.type(value);
    return type.perToken()
        ? ControlWord.ROWS.variable() + " * " + type.columns()
        : "rows == 0 ? 0 : " + type.rows() * type.columns();
  }

  /** Room for a value, so that what follows is aligned. */
  private String size(ValueId value, String tokens) {
    TensorType type = calls.type(value);
    int numbers = (type.perToken() ? type.columns() : type.rows() * type.columns());
    int room = (numbers + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return type.perToken() ? tokens + " * " + room : Integer.toString(room);
  }

  /** The words of every product: its rows among them. */
  private TaskWords words() {
    TaskWords words = block.words();
    words.word(ControlWord.ROWS);
    return words;
  }
}
