package dev.swax.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes down what a fault of swax was, for whoever puts it right. */
public final class FaultLog {
  private FaultLog() {}

  /** One line about a fault that does not end the process. */
  public static String line(Throwable fault, List<String> arguments) {
    String details =
        write(fault, arguments)
            .map(file -> "please report it with the details in " + file)
            .orElse("please report it; no file for the details could be written");
    return "this is a fault of swax, not of your file (%s); %s"
        .formatted(fault.getClass().getSimpleName(), details);
  }

  /** A new file in the folder for temporary files, or nothing where none can be written. */
  static Optional<Path> write(Throwable fault, List<String> arguments) {
    var text = new StringWriter();
    var out = new PrintWriter(text);
    out.println("swax " + Version.TEXT);
    out.println("java " + Runtime.version() + " " + System.getProperty("os.name"));
    out.println("arguments " + arguments);
    fault.printStackTrace(out);
    try {
      Path file = Files.createTempFile("swax-fault-", ".log");
      return Optional.of(Files.writeString(file, text.toString()));
    } catch (IOException e) {
      return Optional.empty(); // the message then says so
    }
  }
}
