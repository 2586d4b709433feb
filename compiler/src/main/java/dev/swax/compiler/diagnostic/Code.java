package dev.swax.compiler.diagnostic;

/**
 * Every kind of message. {@code SWX1xxx} syntax, {@code 2xxx} names, {@code 3xxx} shapes and units,
 * {@code 4xxx} architecture and training, {@code 5xxx} back end and files. Numbers are never
 * reused.
 */
public enum Code {
  /** The file is missing, too large, or not UTF-8 text. */
  UNREADABLE_TEXT(1001, Severity.ERROR),
  /** A character that means nothing in the language. */
  UNKNOWN_CHARACTER(1002, Severity.ERROR),
  /** A text without its closing quote. */
  UNCLOSED_TEXT(1003, Severity.ERROR),
  /** A backslash before a character that needs none. */
  UNKNOWN_ESCAPE(1004, Severity.ERROR),
  /** A number with a multiplier that does not exist, or in another language's form. */
  MALFORMED_NUMBER(1005, Severity.ERROR),
  /** What another language would write: {@code #}, {@code **}, {@code &&}. */
  FOREIGN_SYNTAX(1006, Severity.ERROR),
  /** A bracket that is never closed. */
  UNCLOSED_BRACKET(1007, Severity.ERROR),
  /** A closing bracket that closes nothing. */
  UNOPENED_BRACKET(1008, Severity.ERROR),
  /** Brackets or operators within each other beyond the limit. */
  TOO_DEEP(1009, Severity.ERROR),
  /** The first word of a declaration is not one that begins one. */
  UNKNOWN_DECLARATION(1010, Severity.ERROR),
  /** A key without {@code =} before its value. */
  MISSING_EQUALS(1011, Severity.ERROR),
  /** {@code :} where {@code =} belongs, {@code =} where {@code :} or {@code ==} belongs. */
  WRONG_EQUALS(1012, Severity.ERROR),
  /** Two elements or arguments without a comma between them. */
  MISSING_COMMA(1013, Severity.ERROR),
  /** An operator, {@code =} or comma with no value beside it. */
  MISSING_VALUE(1014, Severity.ERROR),
  /** A declaration or parameter without a name. */
  MISSING_NAME(1015, Severity.ERROR),
  /** A word of the language where a name belongs. */
  RESERVED_WORD(1016, Severity.ERROR),
  /** A construct that lacks one of its words: {@code if} without {@code then}. */
  MISSING_WORD(1017, Severity.ERROR),
  /** Something that has no place where it stands. */
  MISPLACED(1018, Severity.ERROR),
  /** {@code a < b < c}. */
  CHAINED_COMPARISON(1019, Severity.ERROR),
  /** {@code edition 7}. */
  UNKNOWN_EDITION(1020, Severity.ERROR),
  /** A unit that does not exist: {@code 2k steps}. */
  UNKNOWN_UNIT(1021, Severity.ERROR),
  /** How many errors are not shown. */
  MANY_FAULTS(1022, Severity.ERROR),
  /** How many warnings are not shown. */
  MANY_WARNINGS(1023, Severity.WARNING),
  /** A name of more letters than a class, a file or a report can show. */
  NAME_TOO_LONG(1024, Severity.ERROR),

  /** A name that nothing declares. */
  UNKNOWN_NAME(2001, Severity.ERROR),
  /** A key, argument or entry that a closed schema does not have. */
  UNKNOWN_KEY(2002, Severity.ERROR),
  /** A name that is declared, or an argument that is given, twice. */
  DUPLICATE_NAME(2003, Severity.ERROR),
  /** A value, model or window that needs itself. */
  DEPENDS_ON_ITSELF(2004, Severity.ERROR),
  /** A file that imports itself, perhaps through others. */
  CYCLIC_IMPORT(2005, Severity.ERROR),
  /** An import of a file that does not exist. */
  IMPORT_NOT_FOUND(2006, Severity.ERROR),
  /** A name that two imports have. */
  AMBIGUOUS_NAME(2007, Severity.ERROR),
  /** A required key, parameter or argument that is not there. */
  MISSING_KEY(2008, Severity.ERROR),
  /** More arguments by position than there are parameters. */
  TOO_MANY_ARGUMENTS(2009, Severity.ERROR),
  /** A type after a colon that does not exist. */
  UNKNOWN_TYPE(2010, Severity.ERROR),
  /** A setting of the command line that changes nothing. */
  SETTING_UNUSED(2011, Severity.ERROR),
  /** A setting of the chosen profile that changes nothing. */
  PROFILE_SETTING_UNUSED(2012, Severity.WARNING),
  /** The next value of a state that the cell does not have. */
  UNKNOWN_STATE(2020, Severity.ERROR),
  /** A {@code let} or a parameter that nothing uses. */
  NAME_UNUSED(2040, Severity.WARNING),
  /** Attention with a window and with chunks. */
  TWO_MASKS(2400, Severity.ERROR),
  /** Sinks that are no learnt number of each head. */
  SINKS(2401, Severity.ERROR),
  /** A share of a head that rotary positions cannot turn. */
  ROTARY_SHARE(2402, Severity.ERROR),
  /** A mixture of what is no feed-forward. */
  NO_EXPERT(2405, Severity.ERROR),
  /** More active experts than there are. */
  MORE_ACTIVE_EXPERTS(2406, Severity.ERROR),
  /** Groups of experts that are not equal, or have too few experts. */
  EXPERT_GROUPS(2407, Severity.ERROR),
  /** A feed-forward that cannot be an expert: it sees more than a token. */
  EXPERT_NOT_TOKENWISE(2408, Severity.ERROR),
  /** A {@code let} with the name of a key, which it sets. */
  LET_OF_KEY(2415, Severity.WARNING),
  /** A field of files that have none. */
  FIELD_OF_FILES(2420, Severity.ERROR),
  /** More meta tokens than a model may have. */
  MANY_META_TOKENS(2424, Severity.ERROR),
  /** Documents that begin within sequences, where meta tokens stand before sequences only. */
  META_TOKENS_WITHIN(2425, Severity.ERROR),
  /** First values of a head that is the embedding. */
  DEVIATION_OF_TIED_HEAD(2426, Severity.ERROR),
  /** A next value of a state that needs itself to be computed. */
  STATE_NEEDS_ITSELF(2375, Severity.ERROR),
  /** A convolution of what a step computes. */
  CONV_OF_STATE(2376, Severity.ERROR),
  /** A convolution over more tokens than a sequence has. */
  CONV_WIDTH(2380, Severity.ERROR),
  /** A part that never reads its input. */
  INPUT_UNUSED(2382, Severity.ERROR),
  /** A convolution that keeps more than a sequence may keep. */
  CONV_STATE(2381, Severity.ERROR),
  /** A projection for each head of what its group has once. */
  GROUP_READ_PER_HEAD(2450, Severity.WARNING),
  /** Not one factor of LongRoPE for each pair. */
  ROPE_FACTORS(2451, Severity.ERROR),
  /** Groups that are not of equally many heads, or of equally many channels. */
  GROUPS_DO_NOT_DIVIDE(2385, Severity.ERROR),
  /** A value of heads where one of groups is wanted. */
  PER_GROUP(2386, Severity.ERROR),
  /** A layer that reads a later one, or one that does not exist. */
  READ_LATER(2410, Severity.ERROR),
  /** A value that the layer that is read does not have. */
  READ_UNKNOWN(2411, Severity.ERROR),
  /** A value of other heads than those that read it. */
  READ_HEADS(2412, Severity.ERROR),
  /** One set of weights in places that need different ones. */
  SHARED_SHAPE(2413, Severity.ERROR),
  /** A tokenizer that cannot be made of what it is given. */
  TOKENIZER_ARGUMENTS(2390, Severity.ERROR),
  /** Text of a train block that the tokenizer of its data does not know. */
  NO_TOKEN(2391, Severity.ERROR),
  /** A group of parameters with a name that no parameter has. */
  GROUP_WITHOUT_PARAMETERS(2470, Severity.ERROR),
  /** A group of parameters that trains as it would without. */
  GROUP_WITHOUT_EFFECT(2471, Severity.ERROR),
  /** Lanes that do not divide the micro-batches of a step. */
  LANES_NOT_WHOLE(2456, Severity.ERROR),
  /** Shares of a mixture that are not 100 % together. */
  SHARES_NOT_ALL(2472, Severity.ERROR),
  /** A mixture in a mixture. */
  MIXTURE_IN_MIXTURE(2473, Severity.ERROR),
  /** Text of two kinds in a mixture. */
  MIXTURE_DIFFERS(2474, Severity.ERROR),
  /** A block that a mixture has twice. */
  MIXTURE_TWICE(2475, Severity.ERROR),
  /** A block that a mixture never reads. */
  SHARE_OF_NOTHING(2445, Severity.ERROR),
  /** Moments that are not each later than the one before. */
  MOMENTS_NOT_IN_ORDER(2446, Severity.ERROR),

  /** A choice among columns that do not differ in the one name. */
  CHOICE_OF_COLUMNS(2447, Severity.ERROR),
  /** What is counted over seeds, where there is one. */
  TOO_FEW_SEEDS(2448, Severity.ERROR),
  /** Columns that are compared seed by seed and have different ones. */
  SEEDS_DIFFER(2449, Severity.ERROR),
  /** A value with an interval where only numbers may stand beside it. */
  INTERVAL_IN_ARITHMETIC(2452, Severity.ERROR),
  /** Tasks that are all longer than what a curriculum ends with. */
  CURRICULUM_ENDS_BEFORE(2455, Severity.WARNING),
  /** What begins only after the last step of training. */
  NEVER_REACHED(2457, Severity.WARNING),
  /** A state that no sequence can take over from another. */
  CARRY_OF_NOTHING(2454, Severity.ERROR),
  /** A rule to stop by validations where none is measured before the end. */
  STOP_WITHOUT_VALIDATION(2440, Severity.ERROR),
  /** A rule to stop that takes more validations than there are. */
  STOP_TOO_LATE(2441, Severity.WARNING),
  /** A cut of what a model lacks. */
  CUT_OF_NOTHING(2453, Severity.ERROR),

  /** A value of one kind where another is wanted. */
  WRONG_TYPE(3001, Severity.ERROR),
  /** Tokens where steps are wanted, or two units that do not go together. */
  WRONG_UNIT(3002, Severity.ERROR),
  /** A fraction where a whole number is wanted. */
  NOT_WHOLE(3003, Severity.ERROR),
  /** A number that is too small or too large for its place. */
  OUT_OF_RANGE(3004, Severity.ERROR),
  /** A division by zero. */
  DIVISION_BY_ZERO(3005, Severity.ERROR),
  /** A place that a list does not have. */
  INDEX_OUTSIDE_LIST(3006, Severity.ERROR),
  /** A number, list or calculation beyond the limits of evaluation. */
  TOO_LARGE(3007, Severity.ERROR),
  /** An operator of cells ({@code S'}, {@code .}) elsewhere. */
  ONLY_IN_CELLS(3008, Severity.ERROR),
  /** A value of a cell that has another shape per head than its place wants. */
  HEAD_SHAPE(3020, Severity.ERROR),
  /** A {@code linear} whose size nothing says. */
  SIZE_UNKNOWN(3021, Severity.ERROR),
  /** What is no number for each token, in a cell. */
  CELL_EXPRESSION(3022, Severity.ERROR),
  /** A function of a cell, or a cell, with other arguments than it takes. */
  CELL_ARGUMENTS(3023, Severity.ERROR),
  /** What does not say how weights begin. */
  INITIALIZER(3024, Severity.ERROR),
  /** A number of a cell that its place cannot take. */
  CELL_NUMBER(3025, Severity.ERROR),

  /** Rotary positions on heads of an odd width. */
  ODD_HEAD_WIDTH(4003, Severity.ERROR),
  /** A pattern with more or fewer layers than {@code blocks}. */
  PATTERN_DOES_NOT_FILL(4004, Severity.ERROR),
  /** Probabilities that do not sum to 1. */
  PROBABILITIES(4005, Severity.ERROR),
  /** A window that is longer than the sequences. */
  WINDOW_EXCEEDS_SEQUENCE(4006, Severity.WARNING),
  /** A window of tests that training never uses. */
  TEST_WINDOW_NOT_TRAINED(4007, Severity.WARNING),
  /** A batch that is not a whole number of sequences. */
  BATCH_NOT_WHOLE(4008, Severity.ERROR),
  /** A warmup that does not end before training does. */
  WARMUP_TOO_LONG(4009, Severity.ERROR),
  /** An {@code expect} that does not hold. */
  EXPECTATION_FAILED(4010, Severity.ERROR),
  /** A function for what a block says. */
  PARALLEL_IS_A_BLOCK(4011, Severity.ERROR),
  /** A model without layers where a complete one is wanted. */
  NO_LAYERS(4012, Severity.ERROR),
  /** A budget of less than one step. */
  BUDGET_TOO_SMALL(4013, Severity.ERROR),
  /** A vocabulary smaller than the tokenizer's. */
  VOCABULARY_TOO_SMALL(4014, Severity.ERROR),
  /** A receptive field that has no end. */
  UNBOUNDED(4015, Severity.ERROR),
  /** A layer with neither mixer nor feed-forward. */
  EMPTY_LAYER(4016, Severity.ERROR),
  /** A cell without a state. */
  NO_STATE(4020, Severity.ERROR),
  /** A cell without {@code out}. */
  NO_OUTPUT(4021, Severity.ERROR),
  /** A state that never gets a next value. */
  STATE_NOT_UPDATED(4022, Severity.ERROR),
  /** A state that gets its next value twice. */
  STATE_UPDATED_TWICE(4023, Severity.ERROR),
  /** A state that the result does not depend on. */
  STATE_NOT_READ(4024, Severity.ERROR),
  /** A next state that keeps nothing, or takes in nothing. */
  UPDATE_INCOMPLETE(4026, Severity.ERROR),
  /** A decay that can be 0 or negative, which is not trained yet. */
  DECAY_NOT_POSITIVE(4027, Severity.WARNING),
  /** A normaliser with other gates than the state it divides, which is not trained yet. */
  NORMALIZER_DIFFERS(4028, Severity.WARNING),
  /** A way of reading a state that is not trained yet. */
  READ_NOT_HANDLED(4029, Severity.WARNING),
  /** A value of a cell that nothing uses. */
  CELL_VALUE_UNUSED(4030, Severity.WARNING),
  /** A state that is read to be written again, in a form that no chunks compute. */
  DELTA_RULE(4032, Severity.WARNING),
  /** A cell of the elementwise family, which is not trained yet. */
  ELEMENTWISE_STATE(4033, Severity.WARNING),
  /** A cell whose recurrence is none of the families, which is not trained yet. */
  GENERAL_STATE(4034, Severity.WARNING),
  /** A task whose arguments do not go together. */
  TASK_ARGUMENTS(4040, Severity.ERROR),
  /** Sequences of another length than the examples of the task. */
  SEQUENCE_DIFFERS_FROM_TASK(4041, Severity.ERROR),
  /** A data block with keys of text and of a task. */
  MIXED_DATA(4042, Severity.ERROR),
  /** A window of the test for a model that has none. */
  TESTED_WITHOUT_WINDOW(4043, Severity.ERROR),

  /** A reference that is not there, or lacks what its grid has. */
  REFERENCE(5001, Severity.ERROR),
  /** Records of a task that are not there, not as its set has them, or too long. */
  RECORDS(5002, Severity.ERROR),
  /** Text of a data block that is not there, cannot be read, or is not enough. */
  TEXT(5020, Severity.ERROR),
  /** Text of a data block that is hardly what was meant. */
  DOUBTFUL_TEXT(5021, Severity.WARNING);

  private final int number;
  private final Severity severity;

  Code(int number, Severity severity) {
    this.number = number;
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /** {@code SWX2001}. */
  public String label() {
    return "SWX" + number;
  }
}
