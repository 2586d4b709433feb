package dev.swax.compiler.ir;

/**
 * How generators write an elementwise function, as formats of its operands: of single floats and of
 * vectors on the processor, of single floats on a device. An operand is a name; of a single float
 * also a number, and the last one of two vectors too.
 *
 * @param kernel whether it calls a method of many operations, instead of an instruction or two
 */
public record Spelling(String scalar, String vector, String device, boolean kernel) {

  /** An instruction or two in the place where it is used. */
  static Spelling inline(String scalar, String vector, String device) {
    return new Spelling(scalar, vector, device, false);
  }

  /** A method of that name in VectorMath, for vectors and for single floats, and in DeviceMath. */
  static Spelling kernel(String method) {
    return kernel(method, "DeviceMath");
  }

  /** As {@link #kernel(String)}, where another class of devices has it. */
  static Spelling kernel(String method, String deviceClass) {
    return kernel(method, deviceClass, method);
  }

  /** As {@link #kernel(String)}, where devices have a function of that name themselves. */
  static Spelling kernel(String method, String deviceClass, String deviceMethod) {
    String processor = "VectorMath." + method + "(%s)";
    return new Spelling(processor, processor, deviceClass + "." + deviceMethod + "(%s)", true);
  }

  public String scalar(String... operands) {
    return scalar.formatted((Object[]) operands);
  }

  public String vector(String... operands) {
    return vector.formatted((Object[]) operands);
  }

  public String device(String... operands) {
    return device.formatted((Object[]) operands);
  }
}
