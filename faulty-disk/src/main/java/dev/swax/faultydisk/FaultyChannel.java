package dev.swax.faultydisk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A channel to a file of a {@link FaultyDisk}; a write writes half, then the fault may come. */
final class FaultyChannel extends FileChannel {
  private final FaultyDisk disk;
  private final FileChannel channel;

  FaultyChannel(FaultyDisk disk, FileChannel channel) {
    this.disk = disk;
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    disk.call();
    return channel.read(to);
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int length) throws IOException {
    disk.call();
    return channel.read(to, offset, length);
  }

  @Override
  public int read(ByteBuffer to, long position) throws IOException {
    disk.call();
    return channel.read(to, position);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int half = channel.write(from.slice(from.position(), from.remaining() / 2));
    from.position(from.position() + half);
    disk.call();
    return half + channel.write(from);
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    disk.call();
    return channel.write(from, offset, length);
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    disk.call();
    return channel.write(from, position);
  }

  @Override
  public long position() throws IOException {
    return channel.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    channel.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    disk.call();
    return channel.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    disk.call();
    channel.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metadata) throws IOException {
    disk.call();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
    disk.call();
    return channel.transferTo(position, count, to);
  }

  @Override
  public long transferFrom(ReadableByteChannel from, long position, long count) throws IOException {
    disk.call();
    return channel.transferFrom(from, position, count);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    disk.call();
    return channel.map(mode, position, size);
  }

  @Override
  public MemorySegment map(MapMode mode, long position, long size, Arena arena) throws IOException {
    disk.call();
    return channel.map(mode, position, size, arena);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    disk.call();
    return channel.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    disk.call();
    return channel.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    channel.close(); // a process that ends closes its files too
  }
}
