import com.fasterxml.jackson.databind.json.JsonMapper;
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
import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.CheckpointReader;
import dev.swax.runtime.evaluate.Generator;
import dev.swax.runtime.evaluate.Sampling;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.RandomStream;
import dev.swax.runtime.token.Tokenizer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The road of each published folder through swax: imported, its logits and greedy tokens, and
 * exported again. {@code Road WORK TYPE NAME...}: from WORK/made/NAME to WORK/imported/NAME,
 * WORK/swax/NAME.logits, .tokens and .text, and WORK/exported/NAME. A NAME with a file NAME.swax beside
 * this one is trained instead of imported.
 */
public final class Road {
  private static final int GREEDY = 24;
  private static final String PROMPT = "The memory reads bytes, and writ";

  private static final List<String> TEXTS =
      List.of(
          "The memory reads bytes, and writes.", "", " ", "  a  b\n\n\tc\r\n", "caf\u00e9 na\u00efve \u2014 \u00df", "\ud83d\ude00\ud83c\udffd \u4e2d\u6587 \u0e44\u0e17\u0e22",
          "<|begin|>x<|end|> <s>a</s><unk>", "<think>1234567890</think>", "e\u0301\u00a0\u00ad\u0000\u007f\u009f");

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
      Path text = Files.exists(file) ? file : run.resolve("run.swax");
      logits(text, run, prompt, work.resolve("swax").resolve(name).toString());
      generate(run, work.resolve("swax").resolve(name + ".text"));
      Path exported = work.resolve("exported").resolve(name);
      swax("export", run.toString(), "--to", exported.toString());
      for (String half : List.of("bf16", "fp16")) {
        swax("export", run.toString(), "--to", exported + "." + half, "--dtype", half, "--shard-size", "50k");
      }
      if (Files.exists(file)) {
        tokens(file, work.resolve("swax").resolve(name + ".ids"));
      }
    }
  }

  private static void swax(String... arguments) {
    swax(OUT, arguments);
  }

  /** What the verb writes: the prompt and the likeliest text after it. */
  private static void generate(Path run, Path text) throws IOException {
    try (var out = new PrintStream(Files.newOutputStream(text), false, StandardCharsets.UTF_8)) {
      swax(out, "generate", run.toString(), "--prompt", PROMPT, "--length", "" + GREEDY, "--temperature", "0");
    }
  }

  private static void swax(PrintStream out, String... arguments) {
    var console = new Console(out, System.err, false, false, false);
    var host = new Host(console, Path.of(""), Map.of(), () -> () -> false);
    if (new Swax(host).run(List.of(arguments)) != 0) {
      OUT.println("failed: " + String.join(" ", arguments));
    }
  }

  private static void logits(Path source, Path run, int[] prompt, String out) throws IOException {
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

  /** Texts, each with the tokens of it as a prompt and as a part of a text. */
  private static void tokens(Path file, Path out) throws IOException {
    Tokenizer tokenizer = Objects.requireNonNull(analysis(file).trains().getFirst().data()).tokenizer();
    List<Map<String, Object>> all = new ArrayList<>();
    for (String text : TEXTS) {
      try {
        all.add(Map.of("text", text, "prompt", tokenizer.prompt(text), "part", tokenizer.encode(text)));
      } catch (UserError lacksCharacters) {
        all.add(Map.of("text", text, "refused", true));
      }
    }
    new JsonMapper().writeValue(out.toFile(), all);
  }

  private static Path weights(Path run) throws IOException {
    try (Stream<Path> steps = Files.list(run.resolve("checkpoints"))) {
      return steps.max(Comparator.naturalOrder()).orElseThrow().resolve("model.safetensors");
    }
  }

  private static Architecture model(Path source) throws IOException {
    return analysis(source).trains().getFirst().architecture();
  }

  private static Analysis analysis(Path source) throws IOException {
    var diagnostics = new Diagnostics();
    var compiler = new Compiler(new FileModules(Path.of("")), new PartAnalyzer());
    return compiler
        .parse(new SourceFile(source.toString(), Files.readString(source)), diagnostics)
        .flatMap(syntax -> compiler.analyze(syntax, Options.none(), diagnostics))
        .orElseThrow();
  }
}
