package dev.swax.runtime.rank.mpi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.swax.runtime.UserError;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * The functions of an MPI library that swax calls. Handles are pointers in Open MPI and integers in
 * MPICH: here they are longs, of which a function takes as much as it needs. Of several threads one
 * calls at a time.
 */
final class MpiLibrary {
  private static final Linker LINKER = Linker.nativeLinker();

  /** What an error's or the library's text has room for; more than either kind's limit. */
  private static final int TEXT = 1 << 14;

  /** {@code MPI_THREAD_SERIALIZED}. */
  private static final int SERIALIZED = 2;

  private final SymbolLookup symbols;
  private final boolean open;
  private final long world;
  private final long bytes;
  private final MemorySegment ignored;
  private final MethodHandle send;
  private final MethodHandle receive;
  private final MethodHandle test;

  MpiLibrary(SymbolLookup symbols) {
    this.symbols = symbols;
    this.open = symbols.find("ompi_mpi_comm_world").isPresent();
    this.world = handle("ompi_mpi_comm_world", 0x44000000);
    this.bytes = handle("ompi_mpi_byte", 0x4c00010d);
    this.ignored = MemorySegment.ofAddress(open ? 0 : 1);
    MemoryLayout[] message = {ADDRESS, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS};
    this.send = function("MPI_Isend", message);
    this.receive = function("MPI_Irecv", message);
    this.test = function("MPI_Testall", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
  }

  private long handle(String symbol, int number) {
    return open ? symbols.find(symbol).orElseThrow().address() : number;
  }

  @SuppressWarnings("restricted") // swax is started with --enable-native-access
  private MethodHandle function(String name, MemoryLayout... arguments) {
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(() -> new MpiException("the library has no function " + name));
    return LINKER.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  /** Whether this is Open MPI; otherwise it is MPICH or one with the same interface. */
  boolean isOpenMpi() {
    return open;
  }

  /** Bytes of a request in an array of them. */
  long requestBytes() {
    return open ? Long.BYTES : Integer.BYTES;
  }

  /** Joins the world, and has errors returned instead of ending the process. */
  void initialize() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment provided = arena.allocate(JAVA_INT);
      call(
          "MPI_Init_thread",
          new MemoryLayout[] {ADDRESS, ADDRESS, JAVA_INT, ADDRESS},
          MemorySegment.NULL,
          MemorySegment.NULL,
          SERIALIZED,
          provided);
      call(
          "MPI_Comm_set_errhandler",
          new MemoryLayout[] {JAVA_LONG, JAVA_LONG},
          world,
          handle("ompi_mpi_errors_return", 0x54000001));
      if (provided.get(JAVA_INT, 0) < SERIALIZED) {
        throw new UserError(
            version() + " was built for programs of one thread",
            "one with MPI_THREAD_SERIALIZED, which is usual");
      }
    }
  }

  int rank() {
    return worldNumber("MPI_Comm_rank");
  }

  int size() {
    return worldNumber("MPI_Comm_size");
  }

  private int worldNumber(String function) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocate(JAVA_INT);
      call(function, new MemoryLayout[] {JAVA_LONG, ADDRESS}, world, number);
      return number.get(JAVA_INT, 0);
    }
  }

  /** Its name and version; may be asked before the world is joined. */
  String version() {
    String text = text("MPI_Get_library_version", new MemoryLayout[] {ADDRESS, ADDRESS});
    String line = text.lines().findFirst().orElse("").strip().replaceAll("\\s+", " ");
    return open
        ? line.replaceAll(",.*", "").replaceFirst("^Open MPI v", "Open MPI ")
        : line.replaceFirst("^MPICH Version: ?", "MPICH ");
  }

  private String text(String function, MemoryLayout[] arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(TEXT);
      call(function, arguments, text, arena.allocate(JAVA_INT));
      return text.getString(0, StandardCharsets.UTF_8);
    }
  }

  /** Ends every process. */
  synchronized void abort(int code) {
    call("MPI_Abort", new MemoryLayout[] {JAVA_LONG, JAVA_INT}, world, code);
  }

  /** Leaves the world. */
  synchronized void leave() {
    call("MPI_Finalize", new MemoryLayout[0]);
  }

  private void call(String name, MemoryLayout[] layouts, Object... arguments) {
    try {
      check(name, (int) function(name, layouts).invokeWithArguments(arguments));
    } catch (MpiException e) {
      throw e;
    } catch (Throwable e) {
      throw new MpiException(name + " cannot be called: " + e, e);
    }
  }

  private void check(String name, int code) {
    if (code != 0) {
      throw new MpiException("%s failed with code %d".formatted(name, code));
    }
  }

  // Messages; these are called often --------------------------------------------------------------

  /** Begins to send; the request tells when that is done. */
  synchronized void send(MemorySegment buffer, int length, int to, int tag, MemorySegment request) {
    try {
      check("MPI_Isend", (int) send.invokeExact(buffer, length, bytes, to, tag, world, request));
    } catch (MpiException e) {
      throw e;
    } catch (Throwable e) {
      throw new MpiException("MPI_Isend cannot be called: " + e, e);
    }
  }

  /** Begins to receive; the request tells when that is done. */
  synchronized void receive(
      MemorySegment buffer, int length, int from, int tag, MemorySegment request) {
    try {
      check(
          "MPI_Irecv", (int) receive.invokeExact(buffer, length, bytes, from, tag, world, request));
    } catch (MpiException e) {
      throw e;
    } catch (Throwable e) {
      throw new MpiException("MPI_Irecv cannot be called: " + e, e);
    }
  }

  /** Whether all requests are done; {@code flag} is room for a number. */
  synchronized boolean areDone(int count, MemorySegment requests, MemorySegment flag) {
    try {
      check("MPI_Testall", (int) test.invokeExact(count, requests, flag, ignored));
      return flag.get(JAVA_INT, 0) != 0;
    } catch (MpiException e) {
      throw e;
    } catch (Throwable e) {
      throw new MpiException("MPI_Testall cannot be called: " + e, e);
    }
  }
}
