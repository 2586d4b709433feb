package dev.swax.runtime.train;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The bytes of an event. An event is a message of protocol buffers, {@code tensorboard.Event}: 1 is
 * the time in seconds since 1970 (double), 2 the step, 3 the version of the file, 5 a summary, 7
 * the state of a session. A summary has values (1), each with its tag (1) and its number (2,
 * float).
 *
 * <p>Around it is a record: its length in 8 bytes, a checksum of those in 4, the event, and a
 * checksum of the event. All numbers begin with their lowest byte.
 */
final class EventRecord {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int BYTES = 2;
  private static final int FOUR_BYTES = 5;

  private static final int MASK = 0xa282ead8;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private EventRecord() {}

  /** What a file begins with. */
  static byte[] version(double time) {
    return event(time, 0).text(3, "brain.Event:2").out.toByteArray();
  }

  /** A session starts: steps from this one on are told anew. */
  static byte[] begins(double time, long step) {
    return event(time, step)
        .bytes(7, new EventRecord().varint(1, 1).out.toByteArray())
        .out
        .toByteArray();
  }

  /** Numbers of a step, by tag. */
  static byte[] scalars(double time, long step, Map<String, Double> values) {
    var summary = new EventRecord();
    values.forEach((tag, value) ->
        summary.bytes(
            1, new EventRecord().text(1, tag).number(2, value.floatValue()).out.toByteArray()));
    return event(time, step).bytes(5, summary.out.toByteArray()).out.toByteArray();
  }

  private static EventRecord event(double time, long step) {
    var event = new EventRecord();
    event.key(1, EIGHT_BYTES);
    event.little(Long.BYTES, Double.doubleToRawLongBits(time));
    return event.varint(2, step);
  }

  private EventRecord text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  private EventRecord bytes(int field, byte[] bytes) {
    key(field, BYTES);
    varint(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  private EventRecord number(int field, float value) {
    key(field, FOUR_BYTES);
    little(Float.BYTES, Float.floatToRawIntBits(value));
    return this;
  }

  private EventRecord varint(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  private void key(int field, int type) {
    varint((field << 3) | type);
  }

  /** Seven bits a byte, the lowest first; all but the last have their highest bit set. */
  private void varint(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  private void little(int bytes, long value) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
  }

  /** The record of an event. */
  static ByteBuffer framed(byte[] event) {
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + event.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(event.length);
    record.putInt(checksum(record.array(), Long.BYTES));
    record.put(event).putInt(checksum(event, event.length));
    return record.flip();
  }

  /** CRC-32C, turned and moved, so that the checksum of what holds a checksum is no constant. */
  static int checksum(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }
}
