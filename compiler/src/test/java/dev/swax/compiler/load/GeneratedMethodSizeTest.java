package dev.swax.compiler.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.cpu.ProgramEmitter;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.compiler.testing.Models;
import dev.swax.compiler.testing.Parts;
import dev.swax.compiler.testing.ProgramCheck;
import dev.swax.compiler.testing.SwaxFiles;
import dev.swax.runtime.UserError;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HotSpot never compiles a method of more than 8,000 bytes; ours stay under half of that. */
class GeneratedMethodSizeTest {
  private static final int MOST_BYTES = 4_000;

  static Stream<Architecture> models() {
    return Stream.concat(
        SwaxFiles.models("stdlib/swax/std/models.swax").stream(),
        Stream.of(
            Models.transformer(80),
            irregular(80),
            SwaxFiles.model(
                """
                import "std/models"
                import "std/cells"
                model many = lm(blocks: 90) with {
                  layers = 30 * [memory] + [local] + 29 * [memory, full] + [local]
                }
                """,
                "many"),
            SwaxFiles.model(
                """
                import "std/models"
                import "std/cells"
                model cells = lm(blocks: 15) with {
                  layers = [
                    mlstm(heads: 4), linear_attention(heads: 4), retention(heads: 4),
                    simple_gla(heads: 4), local, gla(heads: 4), hgrn2(heads: 4),
                    delta_net(heads: 4), gated_delta(heads: 4), delta_product(heads: 4),
                    min_gru(heads: 4), rg_lru(heads: 4),
                    mamba2(heads: 4), kda(heads: 4), rwkv7(heads: 4)
                  ]
                }
                """,
                "cells"),
            longCell("b%d: [4] = b%d * b%d"),
            longCell("b%d: [4] = sigmoid(b%d) + b%d")));
  }

  /** As many lines as a cell may have: more than one kernel can take. */
  private static Architecture longCell(String line) {
    String lines =
        IntStream.rangeClosed(1, 190)
            .mapToObj(i -> line.formatted(i, i - 1, i - 1))
            .collect(Collectors.joining("\n"));
    return SwaxFiles.model(
        """
        cell long(heads = 2) {
          state S: [4, 4]
          q, k, b0: [4] = linear(x)
          %s
          S' = 0.9 * S + outer(k, b190)
          out = linear(q . S')
        }
        model long_cell {
          width = 8
          vocab = 256
          ffn = swiglu(hidden: 16)
          layers = [long()]
        }
        """
            .formatted(lines),
        "long_cell");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("models")
  void methodsStaySmall(Architecture model) {
    String source = ProgramEmitter.emit(Lowering.of(model).plan(), ProgramCheck.ADAMW, "test");
    String name = ProgramEmitter.PACKAGE + "." + ProgramEmitter.className(model);
    JavaLoader.compile(name, source)
        .values()
        .forEach(bytes ->
            ClassFile.of()
                .parse(bytes)
                .methods()
                .forEach(method -> {
                  assertThat(size(method)).as(method.toString()).isLessThan(most(method));
                }));
  }

  @Test
  void aModelOfVeryManyDifferentLayersIsRefused() {
    Architecture model =
        SwaxFiles.model(
            """
            model many {
              width = 8
              vocab = 256
              ffn = swiglu(hidden: 16)
              layers = [swa(window: i, heads: 1) for i in 1..601]
            }
            """,
            "many");
    ModelPlan plan = Lowering.of(model).plan();
    assertThatThrownBy(() -> CompiledModel.of(plan, ProgramCheck.ADAMW, "test"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("too many different layers");
  }

  /** What allocates runs once, so that it need not be compiled. */
  private static int most(MethodModel method) {
    return method.methodName().stringValue().startsWith("allocate") ? 4 * MOST_BYTES : MOST_BYTES;
  }

  private static int size(MethodModel method) {
    CodeModel code = method.code().orElse(null);
    return code instanceof CodeAttribute attribute ? attribute.codeLength() : 0;
  }

  /** Six kinds of layers in no order. */
  private static Architecture irregular(int layers) {
    var random = new SplittableRandom(1);
    var kinds = new ArrayList<Parts.Sketch>();
    for (int kind = 0; kind < 6; kind++) {
      var attention = Models.attention("mixer_" + kind, 4, 2, 2 + 2 * kind, kind % 2 - 1);
      kinds.add(Models.layer(attention, Models.silu(16 + kind)));
    }
    List<Parts.Sketch> order =
        Stream.generate(() -> kinds.get(random.nextInt(6))).limit(layers).toList();
    return Models.of("irregular", 16, false, 0, new int[] {3}, order);
  }
}
