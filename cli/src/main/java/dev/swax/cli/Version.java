package dev.swax.cli;

import dev.swax.compiler.Compiler;
import picocli.CommandLine;

/** What {@code --version} prints. */
final class Version implements CommandLine.IVersionProvider {
  static final String TEXT = Compiler.VERSION;

  @Override
  public String[] getVersion() {
    return new String[] {
      "swax " + TEXT,
      "java " + Runtime.version(),
      System.getProperty("os.name") + " " + System.getProperty("os.arch")
    };
  }
}
