package dev.swax.faultydisk;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The disk of this machine, where something happens at a call: it fails; or the process is killed,
 * so that all calls after it fail too and nothing can be put right; or another process does
 * something. Or it is one of a network, which is late to show what other machines have made.
 * Nothing is forced to the disk, which takes time and which no test can tell.
 */
public final class FaultyDisk extends FileSystemProvider {
  /** The end of the process. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private final FileSystemProvider disk = FileSystems.getDefault().provider();
  private final int faultyCall;
  private final Fault fault;
  private final AbsentNames absent;
  private final List<FileChannel> channels = new ArrayList<>();
  private int calls;

  private FaultyDisk(int faultyCall, Fault fault) {
    this(faultyCall, fault, new AbsentNames(false));
  }

  private FaultyDisk(int faultyCall, Fault fault, AbsentNames absent) {
    this.faultyCall = faultyCall;
    this.fault = fault;
    this.absent = absent;
  }

  /** What happens at a call, and at all after it. */
  @FunctionalInterface
  private interface Fault {
    void at(int call) throws IOException;
  }

  /** Without a fault. */
  public static FaultyDisk sound() {
    return new FaultyDisk(Integer.MAX_VALUE, _ -> {});
  }

  /**
   * A disk of a network, as one machine sees it: it remembers that something was not there until
   * its folder is opened again.
   */
  public static FaultyDisk ofNetwork() {
    return new FaultyDisk(Integer.MAX_VALUE, _ -> {}, new AbsentNames(true));
  }

  /** Fails at the call of that number, the first is 1. */
  public static FaultyDisk failingAt(int call) {
    return new FaultyDisk(
        call,
        now -> {
          if (now == call) {
            throw new IOException("fault at call " + call);
          }
        });
  }

  /** Ends the process at the call of that number. */
  public static FaultyDisk killedAt(int call) {
    return new FaultyDisk(
        call,
        _ -> {
          throw new Killed();
        });
  }

  /** Has something done by another process before the call of that number. */
  public static FaultyDisk doingAt(int call, Runnable something) {
    return new FaultyDisk(
        call,
        now -> {
          if (now == call) {
            something.run();
          }
        });
  }

  /** Whether the call of the fault was reached. */
  public boolean hasFailed() {
    return calls >= faultyCall;
  }

  /** The same path on this disk. */
  public Path on(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            FaultyDisk.class.getClassLoader(),
            new Class<?>[] {FaultyPath.class},
            (_, method, arguments) -> {
              if (method.getName().equals("plain")) {
                return path;
              }
              if (method.getName().equals("getFileSystem")) {
                return new FaultySystem(this);
              }
              if (method.getName().equals("toRealPath")) {
                call();
              }
              Object[] plain =
                  arguments == null ? null : Arrays.stream(arguments).map(this::plain).toArray();
              try {
                Object result = method.invoke(path, plain);
                return result instanceof Path found ? on(found) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** A path of this disk. */
  private interface FaultyPath extends Path {
    Path plain();
  }

  private Object plain(Object value) {
    return value instanceof FaultyPath path ? path.plain() : value;
  }

  private Path plain(Path path) {
    return path instanceof FaultyPath faulty ? faulty.plain() : path;
  }

  void call() throws IOException {
    calls++;
    if (calls >= faultyCall) {
      try {
        fault.at(calls);
      } catch (Killed e) {
        closeFiles();
        throw e;
      }
    }
  }

  /** A look at what may not be there. */
  @FunctionalInterface
  private interface Look<T> {
    T at(Path plain) throws IOException;
  }

  private <T> T look(Path path, Look<T> look) throws IOException {
    call();
    Path plain = plain(path);
    absent.require(plain);
    try {
      return look.at(plain);
    } catch (NoSuchFileException e) {
      absent.missed(plain);
      throw e;
    }
  }

  /** As the system does when a process ends, which gives back its locks. */
  private void closeFiles() throws IOException {
    for (FileChannel channel : channels) {
      channel.close();
    }
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return new FaultySystem(this);
  }

  @Override
  public Path getPath(URI uri) {
    return on(Path.of(uri));
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (options.contains(StandardOpenOption.CREATE)
        || options.contains(StandardOpenOption.CREATE_NEW)) {
      absent.made(plain(path));
    }
    FileChannel channel = look(path, plain -> disk.newFileChannel(plain, options, attributes));
    absent.opened(plain(path));
    channels.add(channel);
    return new FaultyChannel(this, channel);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> stream = look(folder, plain -> disk.newDirectoryStream(plain, filter));
    absent.opened(plain(folder));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return StreamSupport.stream(stream.spliterator(), false)
            .map(FaultyDisk.this::on)
            .iterator();
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    call();
    disk.createDirectory(plain(folder), attributes);
    absent.made(plain(folder));
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    call();
    disk.createLink(plain(link), plain(existing));
    absent.made(plain(link));
  }

  @Override
  public void delete(Path path) throws IOException {
    call();
    disk.delete(plain(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    call();
    disk.copy(plain(source), plain(target), options);
    absent.made(plain(target));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    call();
    disk.move(plain(source), plain(target), options);
    absent.made(plain(target));
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    call();
    return disk.isSameFile(plain(path), plain(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    call();
    return disk.isHidden(plain(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    call();
    return disk.getFileStore(plain(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    look(
        path,
        plain -> {
          disk.checkAccess(plain, modes);
          return plain;
        });
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return disk.getFileAttributeView(plain(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return look(path, plain -> disk.readAttributes(plain, type, options));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return look(path, plain -> disk.readAttributes(plain, names, options));
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    call();
    disk.setAttribute(plain(path), name, value, options);
  }
}
