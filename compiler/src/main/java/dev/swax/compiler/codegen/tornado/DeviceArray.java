package dev.swax.compiler.codegen.tornado;

import com.palantir.javapoet.ClassName;

/**
 * The arrays on the device, each a field of the program and a parameter of the tasks that use it.
 */
enum DeviceArray {
  CONTROL("control", true),
  SETTINGS("settings", false),
  WEIGHTS("weights", false),
  GRADIENTS("gradients", false),
  STREAM("stream", false),
  STREAM_GRADIENT("streamGradient", false),
  KEPT("kept", false),
  SCRATCH("scratch", false),
  WORKSPACE("workspace", false),
  PARTIALS("partials", false),
  CONSTANTS("constants", false),
  ANGLES("angles", false),
  TOKENS("tokens", true),
  TARGETS("targets", true),
  FIRST_KEYS("firstKeys", true),
  TOKEN_ORDER("tokenOrder", true),
  TOKEN_STARTS("tokenStarts", true),
  LOSSES("losses", false),
  LOGITS("logits", false);

  private final String javaName;
  private final boolean integers;

  DeviceArray(String javaName, boolean integers) {
    this.javaName = javaName;
    this.integers = integers;
  }

  String javaName() {
    return javaName;
  }

  ClassName type() {
    return integers ? DeviceNames.INT_ARRAY : DeviceNames.FLOAT_ARRAY;
  }
}
