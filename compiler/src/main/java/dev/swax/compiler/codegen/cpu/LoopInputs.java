package dev.swax.compiler.codegen.cpu;

import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.swax.compiler.codegen.row.RowWriter;
import dev.swax.compiler.ir.ValueId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a loop over columns takes from the row around it: the parameters of a method of its own. */
final class LoopInputs {
  private final RowWriter row;
  private final Map<String, TypeName> used = new LinkedHashMap<>();

  LoopInputs(RowWriter row) {
    this.row = row;
  }

  /** Where a value lies in memory. */
  String segment(ValueId id) {
    return use(Types.SEGMENT, row.address(id));
  }

  /** A number for the whole row or group: a name or a literal. */
  String narrow(ValueId id) {
    String value = row.narrowValue(id);
    return row.isName(value) ? use(TypeName.FLOAT, value) : value;
  }

  /** Bytes before the row in matrices. */
  String at() {
    return use(TypeName.LONG, "at");
  }

  /** Bytes before the row that belongs to the part. */
  String own() {
    return use(TypeName.LONG, "own");
  }

  /** The number of the part. */
  String part() {
    return use(TypeName.INT, "part");
  }

  /** Columns before the group. */
  String first() {
    return use(TypeName.INT, "first");
  }

  private String use(TypeName type, String name) {
    used.put(name, type);
    return name;
  }

  /** Names to call with. */
  List<String> names() {
    return List.copyOf(used.keySet());
  }

  List<ParameterSpec> parameters() {
    return used.entrySet().stream()
        .map(e -> ParameterSpec.builder(e.getValue(), e.getKey()).build())
        .toList();
  }
}
