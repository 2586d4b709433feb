package dev.swax.compiler.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles one generated class with javac, in memory, and loads it. */
public final class JavaLoader {
  private JavaLoader() {}

  /**
   * @param name of the class, with its package
   * @throws IllegalStateException if javac refuses it, which is a fault of the compiler
   */
  public static Class<?> load(String name, String source) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    if (javac == null) {
      throw new IllegalStateException("this Java runtime has no compiler: a full JDK 25 is needed");
    }
    var messages = new StringWriter();
    try (StandardJavaFileManager standard = javac.getStandardFileManager(null, null, null)) {
      var files = new InMemory(standard);
      boolean compiled =
          javac
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "--add-modules=jdk.incubator.vector",
                      "--release=25",
                      "-proc:none",
                      "-Xlint:all,-incubating",
                      "-Werror",
                      "-classpath",
                      System.getProperty("java.class.path")),
                  null,
                  List.of(new Source(name, source)))
              .call();
      if (!compiled) {
        throw new IllegalStateException("javac refuses " + name + ":\n" + messages);
      }
      return files.define(name);
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("cannot load " + name, e);
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

    Class<?> define(String name) throws ClassNotFoundException {
      return new ClassLoader(JavaLoader.class.getClassLoader()) {
        @Override
        protected Class<?> findClass(String wanted) throws ClassNotFoundException {
          Output output = outputs.get(wanted);
          if (output == null) {
            throw new ClassNotFoundException(wanted);
          }
          byte[] code = output.bytes.toByteArray();
          return defineClass(wanted, code, 0, code.length);
        }
      }.loadClass(name);
    }
  }
}
