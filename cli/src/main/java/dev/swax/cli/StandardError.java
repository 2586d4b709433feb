package dev.swax.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;

/**
 * The real standard error. The virtual machine warns of the vector module on descriptor 2 before
 * any of our code runs, so the launcher filters that descriptor and hands the real one on under
 * another number. Java has no public way to open a descriptor by number.
 */
final class StandardError {
  private static final String DESCRIPTOR = "swax.error.descriptor";

  private StandardError() {}

  static PrintStream open() {
    int number = Integer.getInteger(DESCRIPTOR, 2);
    return new PrintStream(
        new FileOutputStream(number == 2 ? FileDescriptor.err : descriptor(number)),
        true,
        StandardCharsets.UTF_8);
  }

  private static FileDescriptor descriptor(int number) {
    try {
      Constructor<FileDescriptor> constructor =
          FileDescriptor.class.getDeclaredConstructor(int.class);
      if (constructor.trySetAccessible()) {
        return constructor.newInstance(number);
      }
    } catch (ReflectiveOperationException e) {
      return FileDescriptor.err; // another Java: the filtered one reaches the same reader
    }
    return FileDescriptor.err;
  }
}
