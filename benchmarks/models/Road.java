import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.cli.Swax;
import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.source.SourceFile;
import dev.swax.runtime.checkpoint.CheckpointReader;
import dev.swax.runtime.evaluate.Generator;
import dev.swax.runtime.evaluate.Sampling;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.RandomStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The road of each published folder through swax: imported, its logits and greedy tokens, and
 * exported again. {@code Road WORK TYPE NAME...}: from WORK/made/NAME to WORK/imported/NAME,
 * WORK/swax/NAME.logits and .tokens, and WORK/exported/NAME. A NAME with a file NAME.swax beside
 * this one is trained instead of imported.
 */
public final class Road {
  private static final int GREEDY = 24;

  /** Options of the import: the prompt is a long text to the model of this case. */
  private static final Map<String, List<String>> OPTIONS = Map.of("phi3", List.of("--positions", "long"));

  private static final PrintStream OUT = System.out;

  private Road() {}

  public static void main(String[] arguments) throws IOException {
    Path work = Path.of(arguments[0]).toAbsolutePath();
    int[] prompt =
        Arrays.stream(Files.readString(work.resolve("tokens")).strip().split(" "))
            .mapToInt(Integer::parseInt)
            .toArray();
    Files.createDirectories(work.resolve("swax"));
    for (String name : List.of(arguments).subList(2, arguments.length)) {
      Path file = Path.of(arguments[1]).resolve(name + ".swax").toAbsolutePath();
      Path run = work.resolve("imported").resolve(name).resolve("run");
      if (Files.exists(file)) {
        swax("train", file.toString(), "--run-dir", run.toString());
      } else {
        List<String> words = new ArrayList<>(List.of("import", work.resolve("made").resolve(name).toString()));
        words.addAll(List.of("-o", run.resolveSibling(".").normalize().toString()));
        words.addAll(OPTIONS.getOrDefault(name, List.of()));
        swax(words.toArray(String[]::new));
      }
      logits(run, prompt, work.resolve("swax").resolve(name).toString());
      swax("export", run.toString(), "--to", work.resolve("exported").resolve(name).toString());
    }
  }

  private static void swax(String... arguments) {
    var console = new Console(OUT, System.err, false, false, false);
    var host = new Host(console, Path.of(""), Map.of(), () -> () -> false);
    if (new Swax(host).run(List.of(arguments)) != 0) {
      OUT.println("failed: " + String.join(" ", arguments));
    }
  }

  private static void logits(Path run, int[] prompt, String out) throws IOException {
    Path source = run.resolve("run.swax");
    if (!Files.exists(source)) {
      return;
    }
    Architecture model = model(source);
    CompiledModel code = CompiledModel.of(Lowering.of(model).plan(), new OptimizerSettings(0.9, 0.95, 1e-8, 0.1), "road");
    int[] windows = model.windows().stream().mapToInt(w -> w.schedule().testValue()).toArray();
    List<String> rows = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    int context = prompt.length + GREEDY;
    try (Kernels kernels = new VectorKernels(1);
        Parameters parameters = Parameters.allocate(code.parameterSpecs(), false)) {
      CheckpointReader.readWeights(weights(run), parameters.all());
      try (Program program = code.create(kernels, parameters, 1, 1, context, false)) {
        program.resetState();
        for (int token : prompt) {
          Batch one = Batch.allocate(1, 1);
          one.tokens()[0] = token;
          program.evaluate(one, windows);
          var row = new StringBuilder();
          for (int i = 0; i < model.vocabulary(); i++) {
            row.append(program.logits().get(i)).append(' ');
          }
          rows.add(row.toString().strip());
        }
        new Generator(program, model.vocabulary(), windows)
            .generate(prompt, GREEDY, new Sampling(0, 0), new RandomStream(1, "sample"), token -> tokens.add(Integer.toString(token)));
      }
    }
    Files.write(Path.of(out + ".logits"), rows);
    Files.writeString(Path.of(out + ".tokens"), String.join(" ", tokens) + "\n");
  }

  private static Path weights(Path run) throws IOException {
    try (Stream<Path> steps = Files.list(run.resolve("checkpoints"))) {
      return steps.max(Comparator.naturalOrder()).orElseThrow().resolve("model.safetensors");
    }
  }

  private static Architecture model(Path source) throws IOException {
    var diagnostics = new Diagnostics();
    var compiler = new Compiler(new FileModules(Path.of("")), new PartAnalyzer());
    return compiler
        .parse(new SourceFile(source.toString(), Files.readString(source)), diagnostics)
        .flatMap(syntax -> compiler.analyze(syntax, Options.none(), diagnostics))
        .map((Analysis analysis) -> analysis.trains().getFirst().architecture())
        .orElseThrow();
  }
}
