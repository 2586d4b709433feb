package dev.swax.tornado;

import dev.swax.runtime.program.UpdateRule;
import dev.swax.tornado.kernel.OptimizerKernels;
import java.util.List;

/** Moves weights after their gradients, one range after the other. */
record DeviceUpdates(DeviceBuffers buffers, DeviceGraphs graphs) {

  /** Does step number {@code step}, counted from 1. */
  void run(List<RuleRange> ranges, double rate, double gradientScale, long step) {
    var muon = new MuonGraphs(buffers, graphs);
    for (RuleRange range : ranges) {
      buffers.control.set(DeviceBuffers.RANGE, range.from());
      buffers.control.set(DeviceBuffers.RANGE + 1, range.to());
      switch (range.rule()) {
        case UpdateRule.ByAdamW rule -> {
          OptimizerKernels.set(
              buffers.settings, DeviceBuffers.UPDATE, rule.step(rate, gradientScale, step));
          graphs.execute(FixedGraphs.UPDATE);
        }
        case UpdateRule.ByMuon rule -> muon.update(range.shape(), rule.step(rate, gradientScale));
      }
    }
  }
}
