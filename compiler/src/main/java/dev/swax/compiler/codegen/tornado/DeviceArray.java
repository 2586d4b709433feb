package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;

/**
 * The arrays on the device, each a field of the program and a parameter of the tasks that use it.
 */
enum DeviceArray {
  CONTROL("control", DeviceNames.INT_ARRAY),
  SETTINGS("settings", DeviceNames.FLOAT_ARRAY),
  WEIGHTS("weights", DeviceNames.FLOAT_ARRAY),
  GRADIENTS("gradients", DeviceNames.FLOAT_ARRAY),
  STREAM("stream", DeviceNames.FLOAT_ARRAY),
  STREAM_GRADIENT("streamGradient", DeviceNames.FLOAT_ARRAY),
  KEPT("kept", DeviceNames.FLOAT_ARRAY),
  SCRATCH("scratch", DeviceNames.FLOAT_ARRAY),
  /** Matrices in bfloat16. */
  HALVES("halves", DeviceNames.SHORT_ARRAY),
  WORKSPACE("workspace", DeviceNames.FLOAT_ARRAY),
  PARTIALS("partials", DeviceNames.FLOAT_ARRAY),
  CONSTANTS("constants", DeviceNames.FLOAT_ARRAY),
  ANGLES("angles", DeviceNames.FLOAT_ARRAY),
  TOKENS("tokens", DeviceNames.INT_ARRAY),
  TARGETS("targets", DeviceNames.INT_ARRAY),
  FIRST_KEYS("firstKeys", DeviceNames.INT_ARRAY),
  TOKEN_ORDER("tokenOrder", DeviceNames.INT_ARRAY),
  TOKEN_STARTS("tokenStarts", DeviceNames.INT_ARRAY),
  LOSSES("losses", DeviceNames.FLOAT_ARRAY),
  LOGITS("logits", DeviceNames.FLOAT_ARRAY);

  private final String javaName;
  private final ClassName type;

  DeviceArray(String javaName, ClassName type) {
    this.javaName = javaName;
    this.type = type;
  }

  String javaName() {
    return javaName;
  }

  ClassName type() {
    return type;
  }
}
