package dev.swax.compiler.codegen.row;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.swax.compiler.codegen.JavaNames;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Spelling;
import dev.swax.compiler.ir.ValueId;

/** How the body of a loop over columns is written: for one column, or for a vector of them. */
public interface ColumnDialect {
  /** The type of a value. */
  TypeName type();

  /**
   * Whether one number for every column is an operand as it stands. Otherwise it becomes a value
   * with a name by {@link #all}, and stands as it is on the right only.
   */
  boolean takesNumbers();

  /** One number for every column. */
  String all(String number);

  /** A number for the whole row or group: a name or a literal. */
  String narrow(ValueId id);

  /** What lies in memory of a value with a row for each token. */
  String load(ValueId id);

  /**
   * What lies in memory of a row [1, C], the same for every token.
   *
   * @param shared whether the groups of a row read the same columns of it
   */
  String loadRow(ValueId id, boolean shared);

  /** Writes a value where {@code place} lies. */
  String store(ValueId place, String value);

  /** Adds a value to the part of a sum over rows. */
  CodeBlock addToPart(Node sum, String value, JavaNames names);

  /** A function of values; the right one of two may be a number. */
  String apply(Spelling function, String... operands);
}
