package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.codegen.row.ColumnDialect;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Spelling;
import dev.swax.compiler.ir.ValueId;

/** Columns in the arrays of a device, one for each thread at a time. */
record RowTaskColumns(RowTaskEmitter row) implements ColumnDialect {

  @Override
  public TypeName type() {
    return TypeName.FLOAT;
  }

  @Override
  public boolean takesNumbers() {
    return true;
  }

  @Override
  public String all(String number) {
    return number;
  }

  @Override
  public String narrow(ValueId id) {
    return row.narrowValue(id);
  }

  @Override
  public String load(ValueId id) {
    return row.get(id, "at + c");
  }

  @Override
  public String loadRow(ValueId id, boolean shared) {
    return row.get(id, shared ? "c" : column());
  }

  @Override
  public String store(ValueId place, String value) {
    return row.set(place, "at + c", value);
  }

  /** A column belongs to one thread of the group. */
  @Override
  public CodeBlock addToPart(Node sum, String value, JavaNames names) {
    return row.addToPart(sum, RowTaskEmitter.isOfGroups(sum) ? "c" : column(), value);
  }

  @Override
  public String apply(Spelling function, String... operands) {
    return function.device(operands);
  }

  private String column() {
    return row.grouped() ? "first + c" : "c";
  }
}
