package dev.swax.runtime.program;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.attention.AttentionBand;
import dev.swax.runtime.kernel.attention.AttentionCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the layers of generated programs share: the current call, what is carried from call to call,
 * and the calls of kernels that add it.
 */
public abstract class LayerProgram extends ProgramBuffers {
  /** Of the current call; in a step the texts that make one. */
  protected int batch;

  /** Of the current call. */
  protected int time;

  /** How many tokens of each sequence of the current call only leave a state behind. */
  private int lead;

  /** {@code batch * time} of the current call; in a step there may be rows that are no text's. */
  protected int rows;

  /** -1 in the rows of meta tokens. */
  protected int[] tokens = {};

  protected int[] targets = {};
  protected int[] windows = {};

  private final MetaRows meta;

  /** That are evaluated side by side. */
  private final List<CarriedText> texts = new ArrayList<>();

  /** The one that evaluation goes on with. */
  private int selected;

  /** Whether the sequences of the current call begin from the empty state and keep nothing. */
  private boolean apart;

  /** Whether the current call is one token of each of some texts. */
  private boolean stepping;

  private int[] positions = {};

  /**
   * @param batch sequences of a call while training, else texts that are evaluated side by side
   * @param time the most tokens of a sequence in a call
   * @param meta how many meta tokens stand before each sequence
   */
  LayerProgram(Kernels kernels, int batch, int time, int context, boolean training, int meta) {
    super(kernels, batch, time, context, training, meta);
    this.meta = new MetaRows(meta, capacity);
    this.apart = training;
    for (int i = 0; i < (training ? 1 : batch); i++) {
      texts.add(new CarriedText(capacity));
    }
  }

  // What is carried ----------------------------------------------------------------------------

  @Override
  public final int texts() {
    return texts.size();
  }

  @Override
  public final void select(int text) {
    selected = Objects.checkIndex(text, texts.size());
  }

  @Override
  public final void copyText(int from, int to) {
    if (from != to) {
      texts.get(to).copy(texts.get(from));
      states.copy(from, to);
      caches.copy(from, to);
    }
  }

  @Override
  public final void resetState() {
    selected = 0;
    texts.forEach(CarriedText::forget);
    caches.clear();
    states.clear();
  }

  private CarriedText text() {
    return texts.get(selected);
  }

  // Calls --------------------------------------------------------------------------------------

  /**
   * Begins a call.
   *
   * @param separate whether its sequences begin from the empty state and keep nothing
   */
  final void bind(Batch input, int[] windowValues, boolean separate) {
    requireWindows(windowValues);
    apart = separate;
    stepping = false;
    Batch all = meta.with(input, separate || text().position() == 0);
    batch = all.batch();
    lead = all.lead();
    bind(all, batch * all.time(), windowValues);
    text().documents().bind(all);
  }

  /**
   * Begins a call of one token of each of the first texts.
   *
   * @param input a sequence of one token for each of them; further ones are no text's
   * @param count of texts
   */
  final void bindStep(Batch input, int count, int[] windowValues) {
    requireWindows(windowValues);
    apart = false;
    stepping = true;
    batch = count;
    lead = 0;
    bind(meta.with(input, false), input.batch(), windowValues);
    texts.subList(0, count).forEach(CarriedText::bindToken);
  }

  private void bind(Batch all, int rowCount, int[] windowValues) {
    time = all.time();
    rows = rowCount;
    tokens = all.tokens();
    targets = all.targets();
    windows = windowValues;
  }

  private void requireWindows(int[] windowValues) {
    if (windowValues.length != windowNames().size()) {
      throw new IllegalArgumentException(
          "%d windows for %s".formatted(windowValues.length, windowNames()));
    }
  }

  /** The text that is evaluated has been walked to the end of this call. */
  final void walked() {
    text().walked(time);
  }

  /** So have the texts of a step. */
  final void stepped() {
    texts.subList(0, batch).forEach(text -> text.walked(1));
  }

  /** Where documents begin in this call. */
  final Documents documents() {
    return text().documents();
  }

  // What layers ask for ------------------------------------------------------------------------

  /** Which meta token each row of this call is; -1 for a row of text. */
  protected final int[] metaRows() {
    return meta.numbers();
  }

  /** How many tokens of its document stand before each token, from 0 again after so many. */
  protected final int[] positions(int count) {
    if (!stepping) {
      return text().positions(rows, count);
    }
    if (positions.length < rows) {
      positions = new int[rows];
    }
    for (int i = 0; i < batch; i++) {
      positions[i] = texts.get(i).positions(1, count)[0];
    }
    return positions;
  }

  /** The keys that a window of the model sees; -1 is full attention. */
  private int window(int index) {
    return index < 0 ? Integer.MAX_VALUE : windows[index];
  }

  /** What a query of this call sees of the call's own keys. */
  protected final AttentionBand band(int index) {
    if (stepping) {
      return new AttentionBand(batch, 1, 0, window(index), null, 0);
    }
    long first = apart ? 0 : text().inDocument();
    int anchor = Math.min(meta.count(), time); // of a call that goes on, the cache has them
    return new AttentionBand(batch, time, 0, window(index), documents().firstKeys(), first, anchor);
  }

  /** Attention over this call's keys and, while evaluating, those that the cache kept. */
  protected final void attend(AttentionCall call, @Nullable KeyCache cache) {
    if (cache == null || apart) {
      kernels.attention(call);
    } else if (stepping) {
      for (int i = 0; i < batch; i++) {
        attend(row(call, i), cache, i);
      }
    } else {
      attend(call, cache, selected);
    }
  }

  private void attend(AttentionCall call, KeyCache cache, int text) {
    kernels.attention(KeyCaches.withPast(call, cache.text(text), texts.get(text)));
  }

  /** The part of a step's call that is a text's. */
  private AttentionCall row(AttentionCall call, int text) {
    var band = new AttentionBand(1, 1, 0, call.band().window(), null, texts.get(text).inDocument());
    return new AttentionCall(
        call.shape(),
        band,
        row(call.q(), text),
        row(call.k(), text),
        row(call.v(), text),
        call.sinks(),
        row(call.y(), text),
        row(call.logSumExp(), text));
  }

  private Tensor row(Tensor x, int row) {
    long columns = x.length() / capacity;
    return x.slice(row * columns, columns);
  }

  /** Turns each row of every head by its position; y may be x. */
  protected final void rope(Tensor x, Tensor y, int heads, Rotation rotation, boolean inverse) {
    if (!stepping) {
      long first = apart ? 0 : text().position();
      kernels.rope(x, y, batch, time, heads, rotation, first, inverse);
      return;
    }
    for (int i = 0; i < batch; i++) {
      long position = texts.get(i).position();
      kernels.rope(row(x, i), row(y, i), 1, 1, heads, rotation, position, inverse);
    }
  }

  /**
   * A recurrence over this call, from and into its states; from empty ones where sequences are
   * apart.
   */
  protected final void recur(
      RecurrenceShape shape, List<Tensor> operands, List<Tensor> results, List<Tensor> carried) {
    List<Tensor> own = states(carried);
    boolean @Nullable [] resets = stepping ? null : documents().resets();
    var call = new RecurrenceCall(shape, operands, results, own, batch, time, resets);
    if (apart) {
      for (Tensor state : own) {
        state.clear();
      }
    }
    if (!apart && time == 1) {
      kernels.recurrenceByToken(call);
    } else {
      kernels.recurrence(call);
    }
  }

  /** The states of this call's sequences. */
  private List<Tensor> states(List<Tensor> carried) {
    if (training || stepping) {
      return carried;
    }
    List<Tensor> own = states.of(carried, selected);
    return apart ? states.spares(own, batch) : own;
  }

  /** The gradients of a recurrence over this call that began with empty states. */
  protected final void recurGradient(
      RecurrenceShape shape,
      List<Tensor> operands,
      List<Tensor> results,
      Tensor dy,
      List<Tensor> gradients) {
    var forward =
        new RecurrenceCall(shape, operands, results, List.of(), batch, time, documents().resets());
    kernels.recurrenceGradient(new RecurrenceGradientCall(forward, dy, gradients, List.of()));
    if (lead > 0) {
      stopGradients(shape, gradients);
    }
  }

  /** The gradients of tokens that only left a state behind are 0. */
  private void stopGradients(RecurrenceShape shape, List<Tensor> gradients) {
    for (int i = 0; i < gradients.size(); i++) {
      String operand = shape.operands().get(i);
      int columns = shape.columns(operand);
      for (int b = 0; b < batch && !shape.parameters().contains(operand); b++) {
        gradients.get(i).slice((long) b * time * columns, (long) lead * columns).clear();
      }
    }
  }

  // Sizes --------------------------------------------------------------------------------------

  @Override
  public final int metaTokens() {
    return meta.count();
  }
}
