package dev.swax.grid.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.process.ProcessSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who may work on a cell. */
class ClaimTest {
  private static final Owner SELF = Owner.current();
  private static final Owner ELSEWHERE = new Owner("elsewhere", 1, 1, "boot/1");

  @TempDir Path folder = Path.of("");

  @Test
  void oneOwnerHasItUntilItIsGivenBack() {
    Optional<Claim> first = Claim.take(folder, SELF);
    assertThat(first).isPresent();
    assertThat(Claim.take(folder, SELF)).isEmpty();
    first.orElseThrow().close();
    assertThat(Claim.findOwner(folder)).isEmpty();
    assertThat(Claim.take(folder, SELF)).isPresent();
  }

  @Test
  void thatOfADeadProcessIsTakenOver() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    Owner child = Owner.of(process.toHandle());
    assertThat(child.life()).isEqualTo(Owner.Life.RUNNING);
    assertThat(Claim.take(folder, child)).isPresent();
    assertThat(Claim.take(folder, SELF)).as("while it lives").isEmpty();
    process.destroyForcibly().waitFor();
    assertThat(Claim.take(folder, SELF)).isPresent();
    assertThat(Claim.findOwner(folder)).contains(SELF);
  }

  @Test
  void aClockThatIsFarFromThatOfTheDiskIsRefused() throws IOException {
    Path written = Files.writeString(folder.resolve("written"), "");
    Instant now = Files.getLastModifiedTime(written).toInstant();
    Claim.requireClock(written, now.plusSeconds(100));
    assertThatThrownBy(() -> Claim.requireClock(written, now.plusSeconds(200)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the clock of this machine is 200 s ahead of that of the disk of ");
    assertThatThrownBy(() -> Claim.requireClock(written, now.minusSeconds(200)))
        .hasMessageContaining("200 s behind that of");
  }

  @Test
  void aNumberThatIsUsedAgainIsAnotherProcess() throws IOException {
    var earlier = new Owner(SELF.host(), SELF.pid(), SELF.started() - 1000, SELF.space());
    Files.writeString(folder.resolve("claim"), earlier.line());
    assertThat(Claim.take(folder, SELF)).isPresent();
  }

  @Test
  void aProcessThatCannotBeSeenLivesWhileItsClaimIsRenewed() throws IOException {
    String[] here = SELF.space().split("/", -1);
    for (Owner owner :
        new Owner[] {
          ELSEWHERE,
          new Owner(SELF.host(), 1, 1, "another-boot/" + here[here.length - 1]),
          new Owner(SELF.host(), SELF.pid(), SELF.started(), here[0] + "/4026530000"),
          new Owner(SELF.host(), 4_000_000, 1, Owner.UNKNOWN),
        }) {
      Path cell = Files.createTempDirectory(folder, "cell");
      Path claim = Files.writeString(cell.resolve("claim"), owner.line());
      Files.setLastModifiedTime(claim, ago(Claim.SILENCE.minusSeconds(30)));
      assertThat(Claim.take(cell, SELF)).as(owner.line()).isEmpty();
      Files.setLastModifiedTime(claim, ago(Claim.SILENCE.plusSeconds(1)));
      assertThat(Claim.findLivingOwner(cell)).isEmpty();
      assertThat(Claim.take(cell, SELF)).isPresent();
    }
  }

  /** The start of a process as a time of day follows from the clock, and moves with it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aClockThatIsSetChangesNobody() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    assertThat(SELF.started())
        .isEqualTo(Long.parseLong(stat.replaceAll(".*\\)", "").split(" ")[20]));
    assertThat(SELF.space())
        .startsWith(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
  }

  /** As a process is that has ended and whose parent does not ask. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void whatIsLeftOfAProcessIsNotAlive() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 60").start();
    try (var printed = parent.inputReader()) {
      long pid = Long.parseLong(printed.readLine());
      waitUntil(() -> Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z "));
      assertThat(ProcessSpace.startOf(pid)).isEmpty();
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  @Test
  void anOwnerRenewsItsClaimUntilItGivesItBack() throws Exception {
    Path file = folder.resolve("claim");
    try (Claim claim = Claim.take(folder, SELF, Duration.ofMillis(5)).orElseThrow()) {
      for (int beat = 0; beat < 3; beat++) {
        FileTime old = ago(Duration.ofHours(1));
        Files.setLastModifiedTime(file, old);
        waitUntil(() -> Files.getLastModifiedTime(file).compareTo(old) > 0);
      }
      assertThat(claim.isHeld()).isTrue();
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void aClaimThatWasTakenOverIsLeftAlone() throws Exception {
    Path file = folder.resolve("claim");
    try (Claim claim = Claim.take(folder, SELF, Duration.ofMillis(5)).orElseThrow()) {
      Files.writeString(file, ELSEWHERE.line());
      FileTime old = ago(Duration.ofHours(1));
      Files.setLastModifiedTime(file, old);
      Thread.sleep(100);
      assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(old.toMillis());
      assertThat(claim.isHeld()).isFalse();
    }
    assertThat(file).exists();
  }

  private static FileTime ago(Duration time) {
    return FileTime.from(Instant.now().minus(time));
  }

  private static void waitUntil(Callable<Boolean> condition) throws Exception {
    Instant end = Instant.now().plusSeconds(20);
    while (!condition.call()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(5);
    }
  }

  @Test
  void aTornClaimIsNobodys() throws IOException {
    Files.writeString(folder.resolve("claim"), "");
    assertThat(Claim.take(folder, SELF)).isPresent();
  }

  @Test
  void ofManyThatWantADeadClaimOneGetsIt() throws Exception {
    var dead = new Owner(SELF.host(), SELF.pid(), SELF.started() - 1, SELF.space());
    for (int round = 0; round < 20; round++) {
      Path cell = Files.createDirectories(folder.resolve("cell" + round));
      Files.writeString(cell.resolve("claim"), dead.line());
      // Threads of one process cannot hold the system's lock at a time, so they take turns.
      List<Callable<Optional<Claim>>> attempts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        attempts.add(() -> {
          synchronized (ClaimTest.class) {
            return Claim.take(cell, SELF);
          }
        });
      }
      try (var pool = Executors.newFixedThreadPool(4)) {
        long taken = 0;
        for (Future<Optional<Claim>> attempt : pool.invokeAll(attempts)) {
          taken += attempt.get().isPresent() ? 1 : 0;
        }
        assertThat(taken).isEqualTo(1);
      }
    }
  }
}
