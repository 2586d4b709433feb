package dev.swax.tests.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.analyze.Analyzer;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.tornado.DeviceProgramEmitter;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.load.JavaLoader;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.source.SourceFile;
import java.lang.reflect.Member;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file is called stays a name in the program for a device too. */
class HostileDeviceNamesTest {
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);
  private static final String NAME = DeviceProgramEmitter.PACKAGE + ".Tiny";
  private static final String TEXT =
      """
      edition 1
      import "std/models"
      model tiny = swax(width: 32, blocks: 2, window: 8)
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "u\\u.swax",
        "\\u002a\\u002f static int more; \\u002f\\u002a.swax",
        "\\u000a static int more;//{@code @deprecated <script>.swax",
        "*\\u002f static int more;.swax",
      })
  void theClassHasTheMembersOfThePlainOne(String name) throws ClassNotFoundException {
    assertThat(members(name)).isEqualTo(members("plain.swax")).hasSizeGreaterThan(20);
  }

  private static List<String> members(String file) throws ClassNotFoundException {
    var diagnostics = new Diagnostics();
    Architecture model =
        new Analyzer(new FileModules(), new PartAnalyzer())
            .analyze(
                Parser.parse(new SourceFile(file, TEXT), diagnostics), Options.none(), diagnostics)
            .models()
            .getFirst();
    String source =
        Compiler.generateForDevice(Lowering.of(model).plan(), ADAMW, Products.OWN).source();
    Class<?> type = JavaLoader.load(NAME, source);
    return Stream.<Member>concat(
            Stream.of(type.getDeclaredFields()), Stream.of(type.getDeclaredMethods()))
        .map(Member::toString)
        .sorted()
        .toList();
  }
}
