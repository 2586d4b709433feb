package dev.swax.compiler.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ClassCacheTest {
  private static final long ENOUGH = 1 << 20;
  private static final String NAME = "swax.generated.Kept";

  @TempDir Path folder = Path.of("");

  private final List<String> notices = new ArrayList<>();
  private int compiled;

  private ClassCache cache(long bytes) {
    return new ClassCache(folder.resolve("classes"), bytes, notices::add);
  }

  /** Class files that stand for what javac makes of a question. */
  private SequencedMap<String, byte[]> made(String question) {
    compiled++;
    return classes(question);
  }

  private static SequencedMap<String, byte[]> classes(String question) {
    SequencedMap<String, byte[]> classes = new LinkedHashMap<>();
    for (String name : List.of("Outer", "Outer$Inner")) {
      byte[] code = new byte[500];
      new SplittableRandom((question + name).hashCode()).nextBytes(code);
      classes.put(name, code);
    }
    return classes;
  }

  private void asked(ClassCache cache, String question) {
    assertThat(cache.classes(question, () -> made(question)))
        .usingRecursiveComparison()
        .isEqualTo(classes(question));
  }

  @Test
  void anotherProcessDoesNotCompileAgain() {
    asked(cache(ENOUGH), "a");
    asked(cache(ENOUGH), "a");
    assertThat(compiled).isOne();
    asked(cache(ENOUGH), "b");
    asked(cache(ENOUGH), "a");
    assertThat(compiled).isEqualTo(2);
    assertThat(notices).isEmpty();
  }

  @Test
  void damageIsFoundToldAndRepaired() throws IOException {
    asked(cache(ENOUGH), "a");
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    var random = new SplittableRandom(1);
    for (int i = 0; i < 40; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      askedAnew("a");
    }
    for (int length : new int[] {0, 1, 31, 32, 33, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      askedAnew("a");
    }
    assertThat(file).hasBinaryContent(whole);
  }

  private void askedAnew(String question) {
    int before = compiled;
    notices.clear();
    asked(cache(ENOUGH), question);
    assertThat(compiled).isEqualTo(before + 1);
    assertThat(notices).hasSize(1).first().asString().contains("is damaged");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeInThePlaceOfAProgramIsNotRead() throws Exception {
    asked(cache(ENOUGH), "a");
    Path file = files().getFirst();
    Files.delete(file);
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    asked(cache(ENOUGH), "a");
    assertThat(compiled).isEqualTo(2);
    assertThat(notices).first().asString().contains("it is a pipe or a device, not a file");
  }

  @Test
  void theOldestGoFirst() throws IOException {
    ClassCache cache = cache(3500); // of three programs
    for (int i = 0; i < 5; i++) {
      asked(cache, "program " + i);
      for (Path file : files()) { // so that the clock's steps do not matter
        FileTime earlier = FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() - 10_000);
        Files.setLastModifiedTime(file, earlier);
      }
    }
    assertThat(files()).hasSize(3);
    assertThat(cache.bytes()).isBetween(3000L, 3500L);
    compiled = 0;
    List.of(4, 3, 2).forEach(i -> asked(cache, "program " + i));
    assertThat(compiled).isZero();
    cache.clean();
    assertThat(files()).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void manyAtOnceGetWhatTheyAskFor() throws Exception {
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Future<Void>> all = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        var random = new SplittableRandom(thread);
        Callable<Void> work =
            () -> {
              var cache = new ClassCache(folder.resolve("classes"), 3500, _ -> {});
              for (int i = 0; i < 50; i++) {
                String question = "program " + random.nextInt(6);
                assertThat(cache.classes(question, () -> classes(question)))
                    .usingRecursiveComparison()
                    .isEqualTo(classes(question));
              }
              return null;
            };
        all.add(threads.submit(work));
      }
      for (Future<Void> one : all) {
        one.get();
      }
    }
  }

  @Test
  void aFolderThatCannotBeMadeCostsTimeOnly() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    var cache = ClassCache.below(folder.resolve("file"), notices::add);
    asked(cache, "a");
    assertThat(notices)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("note: compiled programs are not kept in " + folder.resolve("file/classes"))
        .endsWith("`SWAX_CACHE=DIR` names another folder");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatOthersMayHaveWrittenIsNotRun() throws IOException {
    asked(cache(ENOUGH), "a");
    Path classes = folder.resolve("classes");
    assertThat(permissions(classes)).isEqualTo("rwx------");
    for (String open : List.of("rwxrwx---", "rwx----w-")) {
      permit(classes, open);
      refused("other users may write to " + classes.toRealPath());
      permit(classes, "rwxr-xr-x");
      permit(folder, open);
      refused("other users may write to " + folder.toRealPath());
      permit(folder, "rwx------");
    }
    compiled = 0;
    asked(cache(ENOUGH), "a");
    assertThat(compiled).as("without them it is used again").isZero();
  }

  private void refused(String why) throws IOException {
    List<Path> before = files();
    notices.clear();
    compiled = 0;
    asked(cache(ENOUGH), "a");
    assertThat(compiled).isOne();
    asked(cache(ENOUGH), "new");
    assertThat(notices).hasSize(2).allMatch(notice -> notice.contains(why));
    assertThat(files()).isEqualTo(before);
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static String source(int value) {
    return """
    package swax.generated;

    import dev.swax.runtime.kernel.Kernels;
    import java.util.List;

    public final class Kept {
      public static int value() {
        return %d;
      }
    }
    """
        .formatted(value);
  }

  @Test
  void whatIsLoadedIsWhatWasKept() throws Exception {
    ClassCache cache = cache(ENOUGH);
    String question = JavaLoader.question(NAME, source(1));
    cache.classes(question, () -> JavaLoader.compile(NAME, source(2)));
    Class<?> kept = JavaLoader.load(NAME, source(1), cache);
    assertThat(kept.getMethod("value").invoke(null)).isEqualTo(2);
    assertThat(files()).hasSize(1);
    Class<?> other = JavaLoader.load(NAME, source(3), cache);
    assertThat(other.getMethod("value").invoke(null)).isEqualTo(3);
    assertThat(files()).hasSize(2);
  }

  @Test
  void anotherJavaAndAnotherRuntimeHaveFilesOfTheirOwn() {
    assertThat(JavaLoader.question(NAME, source(1)))
        .contains("java " + Runtime.version())
        .contains("--release=25")
        .containsPattern("file:.*runtime.*:[0-9]+:[0-9-]+T[0-9:.]+Z")
        .endsWith(source(1));
    assertThat(Places.describe("import java.util.List;\n")).isEmpty();
  }

  @Test
  void aPlaceThatChangesIsAnother() throws IOException {
    Path place = Files.createDirectories(folder.resolve("place/a"));
    Path type = Files.writeString(place.resolve("A.class"), "one");
    String one = Places.stamps(folder.resolve("place"));
    assertThat(Places.stamps(folder.resolve("place"))).isEqualTo(one);
    Files.setLastModifiedTime(type, FileTime.fromMillis(1_000));
    String two = Places.stamps(folder.resolve("place"));
    Files.writeString(place.resolve("B.class"), "two");
    assertThat(Places.stamps(folder.resolve("place"))).isNotEqualTo(two);
    assertThat(two).isNotEqualTo(one);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("classes"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void theOrderOfClassesIsKept() throws IOException {
    SequencedMap<String, byte[]> classes = new LinkedHashMap<>();
    for (Map.Entry<String, byte[]> entry : classes("q").entrySet()) {
      classes.putFirst(entry.getKey(), entry.getValue());
    }
    assertThat(KeptClasses.decode(KeptClasses.encode(classes)).orElseThrow().keySet())
        .containsExactly("Outer$Inner", "Outer");
  }
}
