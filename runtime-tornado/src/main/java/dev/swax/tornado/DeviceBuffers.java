package dev.swax.tornado;

import dev.swax.tornado.kernel.MuonKernels;
import dev.swax.tornado.kernel.OptimizerKernels;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** The arrays of a program, each on both sides, and the words of those that the host sets. */
public abstract class DeviceBuffers {
  // Words of `control`, for generated code --------------------------------------------------------
  protected static final int ROWS = 0;
  protected static final int TIME = 1;
  protected static final int CAPACITY = 2;
  protected static final int LONGEST = 3;
  protected static final int PARTS = 4;
  protected static final int MATRICES = 5;
  protected static final int VECTORS = 6;
  protected static final int MODEL_VECTORS = 7;
  protected static final int KEPT_FROM = 8;
  protected static final int STREAM_IN = 9;
  protected static final int STREAM_OUT = 10;
  protected static final int GRADIENT_IN = 11;
  protected static final int GRADIENT_OUT = 12;

  /** Where what is updated begins, and where it ends. */
  static final int RANGE = 13;

  /** Index of the first window; the others follow, then where the layer reads earlier layers. */
  protected static final int WINDOWS = 15;

  // Words of `settings` ---------------------------------------------------------------------------
  protected static final int SCALE = 0;

  /** What z-loss counts; right after the scale. */
  static final int Z_LOSS = 1;

  /** The scale times the predicted tokens of the call. */
  protected static final int PREDICTED = 2;

  static final int UPDATE = 3;

  /** How many settings there are. */
  static final int SETTINGS = UPDATE + Math.max(OptimizerKernels.SETTINGS, MuonKernels.SETTINGS);

  protected final KernelContext context = new KernelContext();
  protected final int batch;
  protected final int time;

  /** Tokens that every buffer has room for. */
  protected final int capacity;

  protected final IntArray control;
  protected final FloatArray settings;
  protected final FloatArray weights;
  protected final FloatArray gradients;
  protected final FloatArray stream;
  protected final FloatArray streamGradient;
  protected final FloatArray kept;
  protected final FloatArray scratch;
  protected final FloatArray workspace;
  protected final ShortArray halves;
  protected final FloatArray partials;
  protected final FloatArray constants;
  protected final FloatArray angles;
  protected final FloatArray losses;
  protected final FloatArray logits;
  protected final IntArray tokens;
  protected final IntArray targets;
  protected final IntArray firstKeys;
  protected final IntArray tokenOrder;
  protected final IntArray tokenStarts;
  final FloatArray first;
  final FloatArray second;
  final FloatArray squares;

  final DeviceSizes sizes;
  final Places places;

  DeviceBuffers(DeviceArrays arrays) {
    this.batch = arrays.batch();
    this.time = arrays.time();
    this.sizes = arrays.sizes();
    this.capacity = batch * time;
    this.places = arrays.places();
    this.control = arrays.integers(DeviceArray.CONTROL);
    this.settings = arrays.floats(DeviceArray.SETTINGS);
    this.weights = arrays.floats(DeviceArray.WEIGHTS);
    this.gradients = arrays.floats(DeviceArray.GRADIENTS);
    this.first = arrays.floats(DeviceArray.FIRST_MOMENTS);
    this.second = arrays.floats(DeviceArray.SECOND_MOMENTS);
    this.stream = arrays.floats(DeviceArray.STREAM);
    this.streamGradient = arrays.floats(DeviceArray.STREAM_GRADIENT);
    this.kept = arrays.floats(DeviceArray.KEPT);
    this.scratch = arrays.floats(DeviceArray.SCRATCH);
    this.workspace = arrays.floats(DeviceArray.WORKSPACE);
    this.halves = arrays.shorts(DeviceArray.HALVES);
    this.partials = arrays.floats(DeviceArray.PARTIALS);
    this.constants = arrays.floats(DeviceArray.CONSTANTS);
    this.angles = arrays.floats(DeviceArray.ANGLES);
    this.losses = arrays.floats(DeviceArray.LOSSES);
    this.logits = arrays.floats(DeviceArray.LOGITS);
    this.tokens = arrays.integers(DeviceArray.TOKENS);
    this.targets = arrays.integers(DeviceArray.TARGETS);
    this.firstKeys = arrays.integers(DeviceArray.FIRST_KEYS);
    this.tokenOrder = arrays.integers(DeviceArray.TOKEN_ORDER);
    this.tokenStarts = arrays.integers(DeviceArray.TOKEN_STARTS);
    this.squares = arrays.floats(DeviceArray.SQUARES);
    FloatArrays.fill(constants, sizes.constants());
    Angles.fill(angles, sizes.rotations(), time);
  }

  /** What lives on the device for as long as the program. */
  final Object[] shared() {
    return new Object[] {
      weights,
      gradients,
      first,
      second,
      stream,
      streamGradient,
      kept,
      scratch,
      workspace,
      halves,
      partials,
      constants,
      angles,
      logits
    };
  }

  /** What every batch brings. */
  final Object[] ofBatch() {
    return new Object[] {tokens, targets, firstKeys, tokenOrder, tokenStarts};
  }
}
