package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.ClassName;
import dev.swax.runtime.kernel.tile.VectorMath;

/** Classes that generated code names; the Vector API is not a dependency of the compiler. */
final class Types {
  static final ClassName SEGMENT = ClassName.get("java.lang.foreign", "MemorySegment");
  static final ClassName VECTOR = ClassName.get("jdk.incubator.vector", "FloatVector");
  static final ClassName SPECIES = ClassName.get("jdk.incubator.vector", "VectorSpecies");
  static final ClassName MATH = ClassName.get(VectorMath.class);

  static final ClassName LAYOUTS = ClassName.get("java.lang.foreign", "ValueLayout");
  static final ClassName FLOAT_LAYOUT =
      ClassName.get("java.lang.foreign", "ValueLayout", "OfFloat");

  private Types() {}
}
