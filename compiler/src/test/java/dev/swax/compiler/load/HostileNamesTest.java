package dev.swax.compiler.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.cpu.ProgramEmitter;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file is called stays a name in the program that is generated from it. */
class HostileNamesTest {
  private static final String TEXT =
      """
      edition 1
      import "std/models"
      model tiny = swa_only(width: 16, blocks: 1, window: 8)
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "u\\u.swax",
        "\\u000astatic int more;//.swax",
        "\\u000d\\u000astatic { System.exit(3); }//.swax",
        "\\u002a\\u002f static int more; \\u002f\\u002a.swax",
        "\\\\u002a\\uuu002f static int more; \\u002f\\u002a.swax",
        "*\\u002f static int more; \\u002f*.swax",
        "{@code.swax",
        "@deprecated.swax",
        "{@link nobody}.swax",
        "</pre><script>&.swax",
        "\u2028static int more;.swax",
        "\u202eright to left.swax",
        "a\nstatic int more;.swax",
        "quote\"'`.swax",
        "größe 模型.swax",
      })
  void theClassHasTheMembersOfThePlainOne(String name) {
    String hostile = source(name);
    assertThat(members(hostile)).isEqualTo(members(source("plain.swax")));
    assertThat(hostile.lines()).hasSameSizeAs(source("plain.swax").lines().toList());
    assertThat(hostile).doesNotContain("\u2028", "\u202e");
  }

  /** {@code norm} of the layers whose mixer is {@code memory}, and {@code memory.norm}. */
  @Test
  void aWeightOfALayerIsNotThatOfItsMixer() {
    Architecture model =
        SwaxFiles.model(
            """
            edition 1
            import "std/cells"
            block carried(mixer) {
              n = norm(x)
              out = n + mixer(n)
            }
            model m(width = 16) {
              vocab = 256
              ffn = none
              block = carried
              let memory = retention(heads: 2)
              layers = 2 * [memory]
            }
            """,
            "m");
    String source = ProgramEmitter.emit(Lowering.of(model).plan(), ProgramCheck.ADAMW, "test");
    assertThat(JavaLoader.compile(ProgramEmitter.PACKAGE + ".M", source)).isNotEmpty();
  }

  private static String source(String name) {
    Architecture model = SwaxFiles.named(name, TEXT, "tiny");
    return ProgramEmitter.emit(Lowering.of(model).plan(), ProgramCheck.ADAMW, "test");
  }

  private static List<String> members(String source) {
    return JavaLoader.compile(ProgramEmitter.PACKAGE + ".Tiny", source).values().stream()
        .map(bytes -> ClassFile.of().parse(bytes))
        .flatMap(HostileNamesTest::members)
        .sorted()
        .toList();
  }

  private static Stream<String> members(ClassModel type) {
    String name = type.thisClass().asInternalName();
    return Stream.concat(
        type.fields().stream().map(f -> name + "." + f.fieldName() + f.fieldType()),
        type.methods().stream().map(m -> name + "." + m.methodName() + m.methodType()));
  }
}
