package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.swax.compiler.codegen.Comments;
import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.codegen.row.ColumnDialect;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.Spelling;
import dev.swax.compiler.ir.ValueId;

/**
 * Columns in memory segments: a vector of them, or one.
 *
 * @param inputs of the loop
 * @param lanes whether it is a vector
 */
record RowColumns(RowKernelEmitter row, LoopInputs inputs, boolean lanes) implements ColumnDialect {

  @Override
  public TypeName type() {
    return lanes ? Types.VECTOR : TypeName.FLOAT;
  }

  /** The rest of a ragged width is written like its vectors. */
  @Override
  public boolean takesNumbers() {
    return false;
  }

  @Override
  public String all(String number) {
    return lanes ? "FloatVector.broadcast(SPECIES, %s)".formatted(number) : number;
  }

  @Override
  public String narrow(ValueId id) {
    return inputs.narrow(id);
  }

  @Override
  public String load(ValueId id) {
    return load(inputs.segment(id), position(id));
  }

  @Override
  public String loadRow(ValueId id, boolean shared) {
    String at = row.grouped() && !shared ? "(long) (%s + c)".formatted(inputs.first()) : "(long) c";
    return load(inputs.segment(id), at + " * Float.BYTES");
  }

  @Override
  public String store(ValueId place, String value) {
    return store(value, inputs.segment(place), position(place));
  }

  @Override
  public CodeBlock addToPart(Node sum, String value, JavaNames names) {
    String segment = inputs.segment(sum.id());
    boolean shared = !sum.op().equals(new Op.SumRows());
    String position = shared ? sharedPosition() : position(sum.id());
    String before = names.fresh(Comments.label(sum) + "_sum");
    String after = names.fresh(Comments.label(sum));
    return CodeBlock.builder()
        .addStatement("$T $L = $L", type(), before, load(segment, position))
        .addStatement(
            "$T $L = $L", type(), after, apply(BinaryFunction.ADD.spelling(), before, value))
        .addStatement("$L", store(after, segment, position))
        .build();
  }

  @Override
  public String apply(Spelling function, String... operands) {
    return lanes ? function.vector(operands) : function.scalar(operands);
  }

  private String load(String segment, String position) {
    return lanes
        ? "FloatVector.fromMemorySegment(SPECIES, %s, %s, ORDER)".formatted(segment, position)
        : "%s.get(FLOAT, %s)".formatted(segment, position);
  }

  private String store(String value, String segment, String position) {
    return lanes
        ? "%s.intoMemorySegment(%s, %s, ORDER)".formatted(value, segment, position)
        : "%s.set(FLOAT, %s, %s)".formatted(segment, position, value);
  }

  /** Of a sum over the groups too: a part has the columns of one group. */
  private String sharedPosition() {
    return "((long) %s * %s + c) * Float.BYTES".formatted(inputs.part(), row.width());
  }

  private String position(ValueId id) {
    return (row.isOfPart(id) ? inputs.own() : inputs.at()) + " + (long) c * Float.BYTES";
  }
}
