package dev.swax.compiler.load;

import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.cpu.ProgramEmitter;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.program.ProgramFactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A generated class, compiled and loaded. */
public final class CompiledModel implements ProgramFactory {
  private final String source;
  private final List<ParameterSpec> specs;
  private final MethodHandle constructor;

  private CompiledModel(String source, List<ParameterSpec> specs, MethodHandle constructor) {
    this.source = source;
    this.specs = List.copyOf(specs);
    this.constructor = constructor;
  }

  /** Generates, compiles and loads a planned model. */
  public static CompiledModel of(ModelPlan plan, OptimizerSettings optimizer, String version) {
    return of(plan, optimizer, version, null);
  }

  /** The same with the class files of a cache, where they are there. */
  public static CompiledModel of(
      ModelPlan plan, OptimizerSettings optimizer, String version, @Nullable ClassCache cache) {
    JavaLoader.requireModest(plan);
    String source = ProgramEmitter.emit(plan, optimizer, version);
    String name =
        ProgramEmitter.PACKAGE + "." + ProgramEmitter.className(plan.model().architecture());
    Class<?> type = JavaLoader.load(name, source, cache);
    try {
      var lookup = MethodHandles.publicLookup();
      MethodHandle constructor =
          lookup.findConstructor(
              type,
              MethodType.methodType(
                  void.class,
                  Kernels.class,
                  Parameters.class,
                  int.class,
                  int.class,
                  int.class,
                  boolean.class));
      MethodHandle specs =
          lookup.findStatic(type, "parameterSpecs", MethodType.methodType(List.class));
      @SuppressWarnings("unchecked")
      var list = (List<ParameterSpec>) specs.invoke();
      return new CompiledModel(source, list, constructor);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot use the generated class " + name, e);
    }
  }

  /** The text of the generated class. */
  public String source() {
    return source;
  }

  @Override
  public List<ParameterSpec> parameterSpecs() {
    return specs;
  }

  @Override
  public Program create(
      Kernels kernels, Parameters parameters, int batch, int time, int context, boolean training) {
    try {
      return (Program) constructor.invoke(kernels, parameters, batch, time, context, training);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("cannot create the generated program", e);
    }
  }
}
