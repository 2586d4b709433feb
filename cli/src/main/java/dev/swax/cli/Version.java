package dev.swax.cli;

import dev.swax.compiler.Compiler;
import picocli.CommandLine;

/** What {@code --version} prints. */
public final class Version implements CommandLine.IVersionProvider {
  public static final String TEXT = Compiler.VERSION;

  @Override
  public String[] getVersion() {
    return new String[] {
      "swax " + build(),
      "java " + Runtime.version(),
      System.getProperty("os.name") + " " + System.getProperty("os.arch")
    };
  }

  /** The version, and the commit where that is known. */
  public static String build() {
    return TEXT + commit();
  }

  /** That the launcher found beside the jars; nothing where they were built outside of git. */
  private static String commit() {
    String commit = System.getProperty("swax.commit", "");
    return commit.isEmpty() ? "" : " (commit " + commit + ")";
  }
}
