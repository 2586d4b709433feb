package dev.swax.compiler.load;

import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.UserError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles one generated class with javac, unless that has been done before, and loads it. */
public final class JavaLoader {
  /** Beyond so many different layers a class has more constants than Java allows. */
  private static final int MOST_KINDS = 512;

  private static final List<String> OPTIONS =
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--release=25",
          "-g", // TornadoVM reads the tables of local variables
          "-proc:none",
          "-Xlint:all,-incubating",
          "-Werror");

  /** A source that was loaded lately is not compiled again, and keeps what the JIT made of it. */
  private static final Map<String, Class<?>> RECENT = Collections.synchronizedMap(new Recent());

  private JavaLoader() {}

  /**
   * @param name of the class, with its package
   * @throws IllegalStateException if javac refuses it, which is a fault of the compiler
   */
  public static Class<?> load(String name, String source) {
    return load(name, source, null);
  }

  /** The same with the class files of a cache, where they are there. */
  static Class<?> load(String name, String source, @Nullable ClassCache cache) {
    Class<?> recent = RECENT.get(source);
    if (recent != null) {
      return recent;
    }
    SequencedMap<String, byte[]> classes = classes(name, source, cache);
    try {
      Class<?> loaded = new Generated(classes).loadClass(name);
      RECENT.put(source, loaded);
      return loaded;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("cannot load " + name, e);
    }
  }

  /**
   * As {@link #load(String, String, ClassCache)}, with class files in a folder of the class path,
   * where agents and compilers of other code look for them.
   */
  static Class<?> load(String name, String source, @Nullable ClassCache cache, Path folder) {
    try {
      for (Map.Entry<String, byte[]> code : classes(name, source, cache).entrySet()) {
        Path file = folder.resolve(code.getKey().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, code.getValue());
        file.toFile().deleteOnExit();
      }
      return ClassLoader.getSystemClassLoader().loadClass(name);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(folder + " is not on the class path", e);
    }
  }

  /** As {@link #compile}, or kept from when that was done before. */
  private static SequencedMap<String, byte[]> classes(
      String name, String source, @Nullable ClassCache cache) {
    return cache == null
        ? compile(name, source)
        : cache.classes(question(name, source), () -> compile(name, source));
  }

  /** All that decides the bytes of the classes. */
  static String question(String name, String source) {
    return String.join(
        "\n",
        "java " + Runtime.version() + " of " + System.getProperty("java.vm.vendor"),
        "options " + OPTIONS,
        Places.describe(source),
        "class " + name,
        source);
  }

  /** The bytes of a class and of those nested in it, by their binary names. */
  static SequencedMap<String, byte[]> compile(String name, String source) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    if (javac == null) {
      throw new IllegalStateException("this Java runtime has no compiler: a full JDK 25 is needed");
    }
    var messages = new DiagnosticCollector<JavaFileObject>();
    try (StandardJavaFileManager standard = javac.getStandardFileManager(null, null, null)) {
      var files = new InMemory(standard);
      var sources = List.of(new Source(name, source));
      if (!javac.getTask(null, files, messages, options(), null, sources).call()) {
        throw refused(name, messages.getDiagnostics());
      }
      return files.classes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile " + name, e);
    }
  }

  /** Refuses a model whose class javac would refuse after a long time. */
  static void requireModest(ModelPlan plan) {
    if (plan.kinds().size() > MOST_KINDS) {
      throw tooLarge();
    }
  }

  private static UserError tooLarge() {
    return new UserError(
        "this model has too many different layers, or too large ones, for one Java class",
        "use fewer kinds of layers, or smaller cells");
  }

  /** A class beyond the limits of Java is the model's doing, anything else ours. */
  private static RuntimeException refused(
      String name, List<? extends Diagnostic<? extends JavaFileObject>> messages) {
    if (messages.stream().anyMatch(message -> message.getCode().contains(".limit."))) {
      return tooLarge();
    }
    return new IllegalStateException(
        "javac refuses "
            + name
            + ":\n"
            + messages.stream().map(Object::toString).collect(Collectors.joining("\n")));
  }

  private static List<String> options() {
    List<String> options = new ArrayList<>(OPTIONS);
    options.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    return options;
  }

  /** The classes that were asked for last. */
  private static final class Recent extends LinkedHashMap<String, Class<?>> {
    private static final int MOST = 16;

    Recent() {
      super(MOST, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Class<?>> eldest) {
      return size() > MOST;
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("memory:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Output(String name) {
      super(URI.create("memory:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Output> outputs = new LinkedHashMap<>();

    InMemory(JavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return outputs.computeIfAbsent(name, Output::new);
    }

    SequencedMap<String, byte[]> classes() {
      SequencedMap<String, byte[]> classes = new LinkedHashMap<>();
      outputs.forEach((name, output) -> classes.put(name, output.bytes.toByteArray()));
      return classes;
    }
  }

  private static final class Generated extends ClassLoader {
    private final Map<String, byte[]> classes;

    Generated(Map<String, byte[]> classes) {
      super(JavaLoader.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] code = classes.get(name);
      if (code == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, code, 0, code.length);
    }

    /** Class files too, for those who read them. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      byte[] code =
          name.endsWith(".class")
              ? classes.get(name.substring(0, name.length() - 6).replace('/', '.'))
              : null;
      return code == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(code);
    }
  }
}
