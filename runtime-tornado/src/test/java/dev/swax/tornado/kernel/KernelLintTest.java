package dev.swax.tornado.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.tornado.lint.ClassBytes;
import dev.swax.tornado.lint.KernelLint;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No kernel has what TornadoVM rejects or compiles wrongly. */
class KernelLintTest {
  private static final ClassBytes CLASSES = ClassBytes.of(KernelLintTest.class.getClassLoader());

  private static List<String> classes() throws IOException, URISyntaxException {
    Path folder =
        Path.of(MatmulKernels.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("dev/swax/tornado/kernel");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
          .map(name -> "dev.swax.tornado.kernel." + name.replace(".class", ""))
          .sorted()
          .toList();
    }
  }

  /** A kernel of the test calls each of them. */
  @Test
  void functionsAreFit() {
    assertThat(KernelLint.checkKernels(CLASSES, ElementKernelsTest.class.getName())).isEmpty();
  }

  @Test
  void kernelsAreFit() throws IOException, URISyntaxException {
    List<String> classes = classes();
    assertThat(classes).contains(MatmulKernels.class.getName());
    int methods = 0;
    for (String name : classes) {
      methods += KernelLint.countMethods(CLASSES, name);
      assertThat(KernelLint.checkKernels(CLASSES, name)).isEmpty();
    }
    assertThat(methods).isGreaterThan(classes.size());
  }
}
