package dev.swax.runtime.program;

import dev.swax.runtime.tensor.Tensor;
import java.util.List;

/**
 * What a generated class is: a model at one batch size and length, with forward, backward,
 * optimizer step and recurrent step. Its parameters are shared with other instances of the same
 * class; its buffers are its own. Once its methods have been compiled, a call allocates nothing
 * that grows with the batch.
 *
 * <p>{@code windows} holds the value of each window of the model, in the order of {@link
 * #windowNames}.
 */
public interface Program extends AutoCloseable {
  List<Parameter> parameters();

  List<String> windowNames();

  /** Sequences of a call at most; 1 of a program that evaluates. */
  int batch();

  int time();

  /**
   * How many rows a model has of its own before each sequence that begins from the empty state.
   * They are in no batch, and in no losses and logits; each call makes room for them.
   */
  default int metaTokens() {
    return 0;
  }

  /**
   * Forward and backward from the empty state; adds {@code scale *} the gradient of the summed loss
   * to every parameter's gradient.
   *
   * @return the summed loss, natural logarithm, over all rows with a target
   */
  double accumulate(Batch batch, int[] windows, double scale);

  /**
   * From now on {@link #accumulate} adds the gradient of {@code coefficient * logsumexp(logits)²}
   * of every predicted token: it keeps the logits from drifting. The loss stays what it is.
   */
  void addZLoss(double coefficient);

  /** What the last {@link #accumulate} added to the summed loss by {@link #addZLoss}. */
  double zLoss();

  /**
   * Forward only, continuing from the carried state (memories and the last keys of each window),
   * which it leaves behind; {@code batch.time()} may be anything from 1 to {@link #time}. Token
   * losses are in {@link #losses}, the last row's logits of each sequence in {@link #logits}.
   *
   * @return the summed loss
   */
  double evaluate(Batch batch, int[] windows);

  /**
   * Forward only, every sequence from the empty state, which this leaves behind too. The batch may
   * have any number of sequences and any length, up to {@link #batch} * ({@link #time} + {@link
   * #metaTokens}) rows in all, meta tokens included, and no document begins within a sequence.
   *
   * <p>With at least {@link #FEWEST_ROWS} tokens a sequence, the losses and logits of a token have
   * the same bits whatever stands beside or behind it.
   *
   * @return the summed loss
   */
  double evaluateApart(Batch batch, int[] windows);

  /** Below so many rows kernels may go other ways, whose results are rounded elsewhere. */
  int FEWEST_ROWS = 4;

  /** How many texts {@link #evaluate} can go on with: each has a carried state of its own. */
  default int texts() {
    return 1;
  }

  /** From now on {@link #evaluate} goes on with this text; with the first at the beginning. */
  default void select(int text) {
    if (text != 0) {
      throw new IllegalArgumentException("text %d, but there is one".formatted(text));
    }
  }

  /** Lets a text go on from where another one stands. */
  default void copyText(int from, int to) {
    if (from != to) {
      throw new IllegalArgumentException("text %d to %d, but there is one".formatted(from, to));
    }
  }

  /**
   * {@link #evaluate} of one more token of each of the first texts, as many as there are tokens; no
   * document begins. The logits of text i are in row i. They have the same bits whatever the other
   * texts are, and however many.
   */
  default void step(int[] tokens, int[] windows) {
    if (tokens.length != 1) {
      throw new IllegalArgumentException("%d texts, but there is one".formatted(tokens.length));
    }
    evaluate(new Batch(1, 1, tokens, new int[] {-1}, new boolean[1]), windows);
  }

  /** Empties the carried state of every text. */
  void resetState();

  /** [batch * time] of the last call. */
  Tensor losses();

  /** [batch * time, vocab] of the last {@link #evaluate}. */
  Tensor logits();

  /** How many logits a row has. */
  default int vocabulary() {
    return Math.toIntExact(logits().length() / ((long) batch() * (time() + metaTokens())));
  }

  /** Sum of the squares of all gradients, in double and in a fixed order. */
  double sumOfGradientSquares();

  /** One AdamW step on every parameter; gradients are multiplied by {@code gradientScale} first. */
  void update(double rate, double gradientScale, long step);

  /** The same by the rule of each parameter, in their order. */
  void update(List<UpdateRule> rules, double rate, double gradientScale, long step);

  /** Sets every gradient to zero. */
  void clearGradients();

  /**
   * Tells the program that the values or moments of its parameters have been set: initialized, or
   * read from a checkpoint. A program that computes on copies of them takes new ones.
   */
  void parametersChanged();

  /** Brings the values, gradients and moments of the parameters up to date for others to read. */
  void refreshParameters();

  /** Bytes of buffers that this instance holds, parameters not included. */
  long bufferBytes();

  @Override
  void close();
}
