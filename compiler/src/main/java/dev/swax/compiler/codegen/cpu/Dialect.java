package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.TypeName;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;

/** How the body of a loop over columns is written: for a vector of columns, or for one. */
enum Dialect {
  VECTOR {
    @Override
    TypeName type() {
      return Types.VECTOR;
    }

    @Override
    String load(String segment, String position) {
      return "FloatVector.fromMemorySegment(SPECIES, %s, %s, ORDER)".formatted(segment, position);
    }

    @Override
    String store(String value, String segment, String position) {
      return "%s.intoMemorySegment(%s, %s, ORDER)".formatted(value, segment, position);
    }

    @Override
    String all(String number) {
      return VectorExpressions.broadcast(number);
    }

    @Override
    String unary(UnaryFunction function, String x) {
      return VectorExpressions.unary(function, x);
    }

    @Override
    String binary(BinaryFunction function, String a, String b) {
      return VectorExpressions.binary(function, a, b);
    }
  },

  SCALAR {
    @Override
    TypeName type() {
      return TypeName.FLOAT;
    }

    @Override
    String load(String segment, String position) {
      return "%s.get(FLOAT, %s)".formatted(segment, position);
    }

    @Override
    String store(String value, String segment, String position) {
      return "%s.set(FLOAT, %s, %s)".formatted(segment, position, value);
    }

    @Override
    String all(String number) {
      return number;
    }

    @Override
    String unary(UnaryFunction function, String x) {
      return ScalarExpressions.unary(function, x);
    }

    @Override
    String binary(BinaryFunction function, String a, String b) {
      return ScalarExpressions.binary(function, a, b);
    }
  };

  abstract TypeName type();

  /** The numbers of a segment from a position on, in bytes. */
  abstract String load(String segment, String position);

  abstract String store(String value, String segment, String position);

  /** One number for every column. */
  abstract String all(String number);

  abstract String unary(UnaryFunction function, String x);

  /** {@code b} may also be a float literal. */
  abstract String binary(BinaryFunction function, String a, String b);
}
