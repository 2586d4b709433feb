package dev.swax.tornado.lint;

import java.util.Set;

/**
 * Words that OpenCL C has of itself: functions and types. A kernel or a parameter of such a name
 * breaks the device's compiler.
 */
final class DeviceNames {
  private static final Set<String> WORDS =
      Set.of(
          """
          acos acosh acospi asin asinh asinpi atan atan2 atanh atanpi atan2pi cbrt ceil copysign cos
          cosh cospi erfc erf exp exp2 exp10 expm1 fabs fdim floor fma fmax fmin fmod fract frexp
          hypot ilogb ldexp lgamma lgamma_r log log2 log10 log1p logb mad maxmag minmag modf nan
          nextafter pow pown powr remainder remquo rint rootn round rsqrt sin sincos sinh sinpi sqrt
          tan tanh tanpi tgamma trunc abs abs_diff add_sat hadd rhadd clamp clz ctz mad_hi mad_sat
          max min mul_hi rotate sub_sat upsample popcount mad24 mul24 degrees mix radians step
          smoothstep sign cross dot distance length normalize fast_distance fast_length
          fast_normalize isequal isnotequal isgreater isgreaterequal isless islessequal
          islessgreater isfinite isinf isnan isnormal isordered isunordered signbit any all
          bitselect select barrier mem_fence prefetch shuffle shuffle2 printf vec_step wait_group_events
          atomic_add atomic_sub atomic_xchg atomic_inc atomic_dec atomic_cmpxchg atomic_min atomic_max
          main kernel global local constant private
          half uchar ushort uint ulong uintptr_t intptr_t ptrdiff_t size_t bool unsigned signed struct
          union typedef enum extern inline restrict volatile register sizeof auto pipe read_only
          write_only read_write image2d_t image3d_t sampler_t event_t quad complex imaginary
          INFINITY NAN MAXFLOAT HUGE_VALF
          """
              .strip()
              .split("\\s+"));

  private DeviceNames() {}

  static boolean contains(String name) {
    return WORDS.contains(name);
  }
}
