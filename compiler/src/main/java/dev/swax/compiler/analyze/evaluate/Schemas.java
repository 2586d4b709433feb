package dev.swax.compiler.analyze.evaluate;

import static dev.swax.compiler.analyze.evaluate.Key.derived;
import static dev.swax.compiler.analyze.evaluate.Key.optional;
import static dev.swax.compiler.analyze.evaluate.Key.required;

import dev.swax.runtime.data.Packing;
import dev.swax.runtime.data.format.Malformed;
import dev.swax.runtime.data.format.TextFormats;
import dev.swax.runtime.train.Recompute;

/** The keys of each kind of body. */
public final class Schemas {
  /** What a model may say; `width` and `blocks` are parameters of most. */
  public static final Schema MODEL =
      Schema.of(
          "model",
          required("width", Wanted.SIZE, "columns of the residual stream"),
          derived("blocks", Wanted.SIZE, "the number of layers", "how many layers there are"),
          required("vocab", Wanted.SIZE, "number of tokens; 256 for bytes"),
          optional("norm", Wanted.NORM, "rmsnorm", "before each mixer, feed-forward and the head"),
          optional("block", Wanted.LAYER, "layer", "how a layer is wired"),
          required("ffn", Wanted.FEED_FORWARD, "the feed-forward of each layer, or none"),
          required("layers", Wanted.LAYERS, "one mixer or layer for each block, in order"),
          optional("tied", Wanted.BOOLEAN, "false", "whether the head is the embedding"),
          optional(
              "embedding_scale", Wanted.POSITIVE_REAL, "1", "what the embedding is multiplied by"),
          optional(
              "positions",
              Wanted.OPTIONAL_SIZE,
              "none",
              "how many positions of a document are learnt"),
          derived(
              "embedding_deviation",
              Wanted.REAL,
              "sqrt(2 / (5 * width))",
              "deviation of the embedding's first values"),
          derived(
              "head_deviation",
              Wanted.REAL,
              "sqrt(2 / (5 * width))",
              "deviation of the head's first values"),
          optional("logit_scale", Wanted.POSITIVE_REAL, "1", "what the logits are multiplied by"),
          optional("logit_cap", Wanted.OPTIONAL_REAL, "none", "c of c * tanh(logits / c)"),
          optional(
              "meta",
              Wanted.OPTIONAL_SIZE,
              "none",
              "how many learnt rows stand before a sequence"));

  /** What a data block may say. */
  public static final Schema DATA =
      Schema.of(
          "data block",
          derived("files", Wanted.TEXTS, "a task", "files, globs, or archives as `a.jar!**`"),
          derived("validation", Wanted.TEXTS, "held out of files", "files of the validation text"),
          optional("held_out", Wanted.SHARE, "5%", "share of the files kept for validation"),
          derived(
              "format",
              new OneOf(TextFormats.NAMES),
              "as each file's name ends",
              "how documents stand in the files"),
          optional("field", Wanted.TEXT, "\"text\"", "the field or column that is the text"),
          optional(
              "malformed",
              new OneOf(Malformed.NAMES),
              Malformed.ERROR.text(),
              "whether records that cannot be read are left out"),
          optional("tokenizer", Wanted.TOKENIZER, "bytes", "how text becomes tokens"),
          optional(
              "documents",
              Wanted.DOCUMENTS,
              "carry",
              "whether memory and attention reach over the border of a document"),
          optional(
              "packing",
              new OneOf(Packing.NAMES),
              Packing.JOINED.text(),
              "whether sequences hold whole documents or examples"),
          derived("mix", Wanted.SHARES, "files or a task", "other data blocks, by shares"),
          derived("task", Wanted.TASK, "files", "the task whose examples are learnt"),
          optional("earlier", Wanted.EARLIER_TASKS, "[]", "tasks that are learnt before it"),
          derived("examples", Wanted.SIZE, "always new ones", "how many different examples"),
          optional("loss", Wanted.LOSS, "answers", "which tokens are predicted"));

  /** What a train block may say. */
  public static final Schema TRAIN =
      Schema.of(
          "train block",
          derived("model", Wanted.MODEL, "given when it runs", "what is trained"),
          derived("data", Wanted.DATA, "given when it runs", "the text"),
          required("seq", Wanted.TOKENS, "tokens of one sequence"),
          required("batch", Wanted.TOKENS_PER_STEP, "tokens of one step; a multiple of seq"),
          derived("micro_batch", Wanted.TOKENS, "what fits", "tokens at a time; a multiple of seq"),
          derived(
              "lanes", Wanted.SIZE, "8 or what fits", "sums of micro-batches; see docs/cluster.md"),
          required("budget", Wanted.BUDGET, "how long training is"),
          optional("seed", Wanted.COUNT, "1", "of initialisation, data, windows and samples"),
          required("lr", Wanted.LEARNING_RATE, "the learning rate of each step"),
          optional("optim", Wanted.OPTIMIZER, "adamw", "what makes a step of a gradient"),
          optional("groups", Wanted.GROUPS, "[]", "parameters with another rate or decay"),
          optional("z_loss", Wanted.REAL, "0", "times log(sum(exp(logits)))², added to the loss"),
          optional(
              "carry",
              Wanted.SHARE,
              "0%",
              "share of sequences that begin with the state that another one left"),
          optional(
              "recompute",
              new OneOf(Recompute.NAMES),
              Recompute.NONE.text(),
              "what is computed again instead of kept"),
          derived("weights", Wanted.TEXT, "drawn", "the run whose weights training begins with"),
          derived("validate_every", Wanted.STEPS, "a tenth", "steps between validations"),
          optional("validation_tokens", Wanted.TOKENS, "64Ki tok", "tokens of one validation"),
          optional(
              "pathways",
              Wanted.OPTIONAL_SIZE,
              "none",
              "recent keys whose share of attention each validation measures, with norms of states"),
          optional("stop", Wanted.STOP, "none", "when training ends before its budget is spent"),
          derived("checkpoint_every", Wanted.STEPS, "a tenth", "steps between checkpoints"),
          optional("keep", Wanted.SIZE, "2", "checkpoints that stay"),
          derived(
              "test_window",
              Wanted.SIZE,
              "the last one trained",
              "validation's and generation's value of each window that changes in training"),
          derived("sample", Wanted.TEXT, "a line break", "what the sample at the end begins with"),
          optional("sample_tokens", Wanted.TOKENS, "256 tok", "length of that sample"),
          optional("temperature", Wanted.REAL, "0.8", "of that sample; 0 takes the likeliest"),
          optional("top_k", Wanted.COUNT, "40", "that sample's choices; 0 for all"));

  /** What a grid may set. */
  public static final Schema GRID =
      Schema.of(
          "grid", derived("seeds", Wanted.COUNTS, "that of the train block", "seeds of training"));

  private Schemas() {}

  /** What makes the steps of a train block that does not say. */
  public static Value.Built standardOptimizer() {
    return TRAIN.otherwise("optim").map(Value.Built.class::cast).orElseThrow();
  }
}
