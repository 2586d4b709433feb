package dev.swax.compiler.load;

import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.tornado.DeviceProgramEmitter;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.Parameters;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A class generated for TornadoVM, compiled and loaded. */
public final class CompiledDeviceModel {
  /**
   * The property that names a folder of the class path for class files: TornadoVM reads the classes
   * of kernels from there.
   */
  public static final String FOLDER = "swax.generated.classes";

  private final String source;
  private final MethodHandle constructor;
  private final MethodHandle arrays;

  private CompiledDeviceModel(String source, MethodHandle constructor, MethodHandle arrays) {
    this.source = source;
    this.constructor = constructor;
    this.arrays = arrays;
  }

  /** Generates, compiles and loads a planned model; TornadoVM's API must be on the class path. */
  public static CompiledDeviceModel of(
      ModelPlan plan, OptimizerSettings optimizer, Products products, String version) {
    return of(plan, optimizer, products, version, null);
  }

  /** The same with the class files of a cache, where they are there. */
  public static CompiledDeviceModel of(
      ModelPlan plan,
      OptimizerSettings optimizer,
      Products products,
      String version,
      @Nullable ClassCache cache) {
    JavaLoader.requireModest(plan);
    String source = DeviceProgramEmitter.emit(plan, optimizer, products, version);
    String name =
        DeviceProgramEmitter.PACKAGE
            + "."
            + DeviceProgramEmitter.className(plan.model().architecture());
    String folder = System.getProperty(FOLDER);
    Class<?> type =
        folder == null
            ? JavaLoader.load(name, source, cache)
            : JavaLoader.load(name, source, cache, Path.of(folder));
    var lookup = MethodHandles.publicLookup();
    try {
      return new CompiledDeviceModel(
          source,
          lookup.findConstructor(
              type, MethodType.methodType(void.class, Parameters.class, int.class, int.class)),
          lookup.unreflect(type.getMethod(DeviceProgramEmitter.ARRAYS, int.class, int.class)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot use the generated class " + name, e);
    }
  }

  /** The text of the generated class. */
  public String source() {
    return source;
  }

  /** What {@link #create} allocates for as many tokens. */
  public DeviceProgram.Arrays arrays(int batch, int time) {
    try {
      return (DeviceProgram.Arrays) arrays.invoke(batch, time);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("cannot ask the generated class for its arrays", e);
    }
  }

  /** A program that trains {@code batch} sequences of {@code time} tokens at a time. */
  public DeviceProgram create(Parameters parameters, int batch, int time) {
    try {
      return (DeviceProgram) constructor.invoke(parameters, batch, time);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("cannot create the generated program", e);
    }
  }
}
