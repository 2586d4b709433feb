package dev.swax.compiler;

import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.Analyzer;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.model.PartAnalysis;
import dev.swax.compiler.analyze.module.ModuleLoader;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.load.ClassCache;
import dev.swax.compiler.load.CompiledDeviceModel;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.compiler.source.SourceFile;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.Optional;

/**
 * The table of contents of the compiler. The stages are {@link #parse syntax}, {@link #analyze
 * models}, those of {@link Lowering}, and {@link #generate a program that runs}. After a stage that
 * reports errors, no further stage runs.
 */
public final class Compiler {
  /** As generated programs and run directories name it. */
  public static final String VERSION = "0.1.0";

  private final ModuleLoader imports;
  private final PartAnalysis cells;

  public Compiler(ModuleLoader imports, PartAnalysis cells) {
    this.imports = imports;
    this.cells = cells;
  }

  /** The syntax tree of a file, or nothing where it has faults. */
  public Optional<SyntaxFile> parse(SourceFile file, Diagnostics diagnostics) {
    SyntaxFile syntax = Parser.parse(file, diagnostics);
    return diagnostics.hasErrors() ? Optional.empty() : Optional.of(syntax);
  }

  /** What a file means, or nothing where it has faults. */
  public Optional<Analysis> analyze(SyntaxFile syntax, Options options, Diagnostics diagnostics) {
    Analysis analysis = new Analyzer(imports, cells).analyze(syntax, options, diagnostics);
    return diagnostics.hasErrors() ? Optional.empty() : Optional.of(analysis);
  }

  /** Prints the Java class of a plan, compiles it in memory and loads it. */
  public static CompiledModel generate(ModelPlan plan, OptimizerSettings optimizer) {
    return CompiledModel.of(plan, optimizer, VERSION);
  }

  /** As {@link #generate(ModelPlan, OptimizerSettings)}; compiles only what the cache lacks. */
  public static CompiledModel generate(
      ModelPlan plan, OptimizerSettings optimizer, ClassCache cache) {
    return CompiledModel.of(plan, optimizer, VERSION, cache);
  }

  /**
   * As {@link #generate(ModelPlan, OptimizerSettings)}, for training on a device of TornadoVM,
   * whose API must be there.
   */
  public static CompiledDeviceModel generateForDevice(
      ModelPlan plan, OptimizerSettings optimizer, Products products) {
    return CompiledDeviceModel.of(plan, optimizer, products, VERSION);
  }

  /** The same; compiles only what the cache lacks. */
  public static CompiledDeviceModel generateForDevice(
      ModelPlan plan, OptimizerSettings optimizer, Products products, ClassCache cache) {
    return CompiledDeviceModel.of(plan, optimizer, products, VERSION, cache);
  }
}
