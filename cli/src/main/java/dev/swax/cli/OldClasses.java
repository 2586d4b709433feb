package dev.swax.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes anew the classes of jars that were compiled for Java 5 or older. Java keeps none of these
 * in an ahead-of-time cache, and takes longer to check them. They do what they did. The argument is
 * a folder of jars that no process uses yet.
 */
final class OldClasses {
  /** Where a class file has its major version, two bytes. */
  private static final int VERSION = 6;

  /** From this version on a class has what Java needs to check it quickly. */
  private static final int QUICKLY_CHECKED = ClassFile.JAVA_6_VERSION;

  private static final ClassFile FORMAT = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS);

  private OldClasses() {}

  public static void main(String[] arguments) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
      for (Path jar : jars) {
        renew(jar);
      }
    }
  }

  private static void renew(Path jar) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      for (Path root : files.getRootDirectories()) {
        for (Path file : classes(root)) {
          byte[] old = Files.readAllBytes(file);
          if (ByteBuffer.wrap(old).getChar(VERSION) < QUICKLY_CHECKED) {
            Files.write(file, renewed(old));
          }
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static List<Path> classes(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  /** The same class in today's format: its code is written again, with the types of its stack. */
  private static byte[] renewed(byte[] old) {
    var code = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    return FORMAT.transformClass(
        FORMAT.parse(old),
        code.andThen((builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.latestMajorVersion(), 0);
          } else {
            builder.with(element);
          }
        }));
  }
}
