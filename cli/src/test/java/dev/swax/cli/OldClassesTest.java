package dev.swax.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OldClassesTest {
  private static final String CLASS = ".class";
  private static final int VERSION = 6;
  private static final int OF_JAVA_6 = 50;

  @TempDir private Path folder;

  /** Java checks a class when it is initialized, so code that was written wrongly is found. */
  @Test
  void oldClassesBecomeNewOnesThatJavaTakes() throws Exception {
    var source = CommandLine.class.getProtectionDomain().getCodeSource().getLocation();
    Path jar = Files.copy(Path.of(source.toURI()), folder.resolve("picocli.jar"));
    Map<String, Integer> before = versions(jar);
    assertThat(before.values()).anyMatch(version -> version < OF_JAVA_6);
    OldClasses.main(new String[] {folder.toString()});
    Map<String, Integer> after = versions(jar);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after.values()).allMatch(version -> version >= OF_JAVA_6);
    try (var loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      for (String name : after.keySet()) {
        Class<?> type = Class.forName(name, true, loader);
        assertThat(type.getClassLoader()).isSameAs(loader);
      }
    }
  }

  /** The classes of a jar that are for every Java, and what Java they were compiled for. */
  private static Map<String, Integer> versions(Path jar) throws IOException {
    Map<String, Integer> versions = new TreeMap<>();
    try (var zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String name = entry.getName();
        if (name.endsWith(CLASS) && !name.startsWith("META-INF")) {
          String type = name.substring(0, name.length() - CLASS.length()).replace('/', '.');
          versions.put(type, version(zip, entry));
        }
      }
    }
    return versions;
  }

  private static int version(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream bytes = zip.getInputStream(entry)) {
      return ByteBuffer.wrap(bytes.readAllBytes()).getChar(VERSION);
    }
  }
}
