/**
 * The shape of a `.swax` file for tree-sitter: the rules of grammar/ once more, with the names that
 * the compiler's syntax tree has. A test compares the two on every file of the project.
 */

/** From the loosest to the tightest. */
const LEVELS = [
  "stall",
  "conditional",
  "until",
  "or",
  "and",
  "not",
  "comparison",
  "with",
  "range",
  "sum",
  "product",
  "negation",
  "power",
  "postfix",
];

const level = (name) => LEVELS.indexOf(name) + 1;

/** Words with a meaning in one place; anywhere else they are names. */
const CONTEXTUAL = [
  "edition", "import", "model", "window", "cell", "ffn", "norm", "block", "data", "train",
  "profile", "grid", "expect", "state", "using", "column", "row", "reference", "figure", "within",
  "format", "lower", "higher", "over", "sample", "per", "batch", "when", "validation", "stalls",
  "tok", "step", "assumed",
];

/** One or more, a comma between them and perhaps one behind. */
const listed = (rule) => seq(rule, repeat(seq(",", rule)), optional(","));

/** Items of a body: a comma behind each is allowed. */
const items = (rule) => seq("{", repeat(seq(rule, optional(","))), "}");

module.exports = grammar({
  name: "swax",

  word: ($) => $._word,

  extras: ($) => [/[ \t\r\n\f]/, $.documentation, $.comment],

  supertypes: ($) => [$._declaration, $._expression],

  // A word that goes on or begins anew: `5 step` has a unit, in `a = 5 step = 3` it is a key.
  conflicts: ($) => [
    [$.literal],
    [$.row],
    [$.reference],
    [$.name, $.sample],
    [$.name, $.stall],
    [$._format_and_better],
  ],

  rules: {
    file: ($) => repeat(choice($.edition, $.import, $._declaration)),

    edition: ($) => seq("edition", $.number),

    import: ($) => seq("import", $.text),

    _declaration: ($) =>
      choice($.let, $.model, $.window, $.part, $.data, $.train, $.profile, $.grid, $.expect),

    let: ($) => seq("let", field("name", $.name), "=", field("value", $._value)),

    model: ($) =>
      seq("model", field("name", $.name), optional($.parameters), $._body_or_value),

    window: ($) =>
      seq("window", field("name", $.name), optional($.parameters), "=", field("value", $._value)),

    part: ($) =>
      seq(
        field("kind", choice("cell", "ffn", "norm", "block")),
        field("name", $.name),
        optional($.parameters),
        field("body", $.statements),
      ),

    data: ($) => seq("data", field("name", $.name), field("body", $.body)),

    train: ($) =>
      seq("train", field("name", $.name), optional($.parameters), $._body_or_value),

    profile: ($) => seq("profile", field("name", $.name), field("body", $.settings)),

    grid: ($) =>
      seq(
        "grid",
        field("name", $.name),
        optional(field("title", $.text)),
        field("body", $.grid_items),
      ),

    expect: ($) => seq("expect", field("value", $._value)),

    _body_or_value: ($) => choice(field("body", $.body), seq("=", field("value", $._value))),

    parameters: ($) => seq("(", optional(listed($.parameter)), ")"),

    parameter: ($) =>
      seq(
        field("name", $.name),
        optional(seq(":", field("type", $.name))),
        optional(seq("=", field("default", $._value))),
      ),

    body: ($) => items($.entry),

    entry: ($) => seq(optional("let"), field("name", $.name), "=", field("value", $._value)),

    settings: ($) => items($.setting),

    setting: ($) =>
      seq(
        field("key", $.name),
        repeat(seq(".", field("key", $.name))),
        "=",
        field("value", $._value),
      ),

    statements: ($) => seq("{", repeat(choice($.state, $.update, $.define)), "}"),

    state: ($) => seq("state", field("name", $.name), optional(seq(":", $.shape))),

    update: ($) => seq(field("name", $.primed), "=", field("value", $._value)),

    define: ($) =>
      seq(
        field("name", $.name),
        repeat(seq(",", field("name", $.name))),
        optional(seq(":", $.shape, optional($.per_group))),
        "=",
        field("value", $._value),
      ),

    per_group: ($) => seq("per", field("count", $.name)),

    shape: ($) => seq("[", optional(listed($._value)), "]"),

    grid_items: ($) =>
      items(choice($.using, $.column, $.row, $.reference, $.expect, $.figure, $.grid_setting)),

    using: ($) => seq("using", field("value", $._value)),

    column: ($) =>
      seq("column", field("label", $.text), repeat($.binding), "=", field("value", $._value)),

    row: ($) =>
      seq(
        "row",
        field("label", choice($.name, $.text)),
        repeat($.binding),
        "=",
        field("value", $._value),
        optional($._format_and_better),
        optional($.within),
      ),

    _format_and_better: ($) =>
      choice(seq($.format, optional($.better)), seq($.better, optional($.format))),

    format: ($) => seq("format", $.text),

    better: ($) => choice("lower", "higher"),

    within: ($) => seq("within", field("value", $._value)),

    reference: ($) => seq("reference", field("file", $.text), optional($.within)),

    figure: ($) => seq("figure", field("label", $.text), "=", field("value", $._value)),

    grid_setting: ($) => seq(field("name", $.name), "=", field("value", $._value)),

    binding: ($) => seq("for", $._bound, "in", field("source", $._value)),

    _bound: ($) =>
      choice(
        field("name", $.name),
        seq("(", field("name", $.name), repeat1(seq(",", field("name", $.name))), ")"),
      ),

    _value: ($) => choice($._expression, $.assumed),

    assumed: ($) =>
      seq(field("value", $._expression), "@", "assumed", "(", field("reason", $.text), ")"),

    _expression: ($) =>
      choice(
        $.literal, $.text, $.name, $.primed, $.call, $.list,
        $.comprehension, $.parenthesized, $.sample, $.index,
        $.unary, $.binary, $.range, $.with, $.until, $.conditional, $.stall,
      ),

    index: ($) =>
      prec(
        level("postfix"),
        seq(field("base", $._expression), "[", field("index", $._value), "]"),
      ),

    unary: ($) =>
      choice(
        prec(level("negation"), seq("-", field("operand", $._expression))),
        prec(level("not"), seq("not", field("operand", $._expression))),
      ),

    binary: ($) => {
      const of = (associate, name, operator) =>
        associate(
          level(name),
          seq(
            field("left", $._expression),
            field("operator", operator),
            field("right", $._expression),
          ),
        );
      return choice(
        of(prec.right, "power", "^"),
        of(prec.left, "product", choice("*", "/", "%", ".")),
        of(prec.left, "sum", choice("+", "-")),
        of(prec.left, "comparison", choice("==", "!=", "<", "<=", ">", ">=")),
        of(prec.left, "and", "and"),
        of(prec.left, "or", "or"),
      );
    },

    range: ($) =>
      prec.left(
        level("range"),
        seq(field("from", $._expression), "..", field("to", $._expression)),
      ),

    with: ($) =>
      prec(level("with"), seq(field("base", $._expression), "with", $.replacements)),

    until: ($) =>
      prec.right(
        level("until"),
        seq(
          field("first", $._expression),
          "until",
          field("at", $._expression),
          "then",
          field("second", $._expression),
        ),
      ),

    conditional: ($) =>
      prec.right(
        level("conditional"),
        seq(
          "if",
          field("condition", $._expression),
          "then",
          field("then", $._expression),
          "else",
          field("otherwise", $._expression),
        ),
      ),

    stall: ($) =>
      prec.right(
        level("stall"),
        seq("when", "validation", "stalls", "for", field("measurements", $._expression)),
      ),

    sample: ($) => seq("sample", "per", "batch", "{", listed($.outcome), "}"),

    outcome: ($) => seq(field("window", $._value), ":", field("probability", $._value)),

    call: ($) => prec(level("postfix"), seq(field("callee", $.name), $.arguments)),

    arguments: ($) => seq("(", optional(listed($.argument)), ")"),

    argument: ($) =>
      seq(
        optional(seq(field("name", $.name), ":")),
        choice(
          field("value", $._value),
          alias($._bare_comprehension, $.comprehension),
          $.over,
        ),
      ),

    over: ($) => seq(field("base", $._value), "over", field("axis", $.name)),

    list: ($) => seq("[", optional(listed($._value)), "]"),

    comprehension: ($) => seq("[", $._bare_comprehension, "]"),

    _bare_comprehension: ($) =>
      seq(
        field("element", $._value),
        "for",
        field("name", $.name),
        "in",
        field("source", $._value),
        optional(seq("if", field("condition", $._value))),
      ),

    parenthesized: ($) => seq("(", $._value, ")"),

    // What begins with a sign or a bracket needs a comma before it: else the value before goes on.
    replacements: ($) =>
      seq(
        "{",
        optional(listed($._placement)),
        repeat(seq($.replacement, repeat(seq(",", $._placement)), optional(","))),
        "}",
      ),

    replacement: ($) =>
      seq(field("key", choice($.name, $._number)), "=", field("value", $._value)),

    _placement: ($) => alias($._placed, $.replacement),

    _placed: ($) =>
      seq(
        field("key", choice(alias($._from_the_end, $.unary), $.parenthesized)),
        "=",
        field("value", $._value),
      ),

    _number: ($) => alias($._bare_number, $.literal),

    _bare_number: ($) => $.number,

    _from_the_end: ($) => seq("-", field("operand", $._number)),

    literal: ($) => choice($.percentage, seq($.number, optional($.unit))),

    unit: ($) => choice("tok", "step"),

    name: ($) => choice($._word, ...CONTEXTUAL),

    _word: ($) => /[A-Za-z_][A-Za-z0-9_]*/,

    primed: ($) => /[A-Za-z_][A-Za-z0-9_]*'/,

    percentage: ($) => /[0-9]+(\.[0-9]+)?([eE][+\-]?[0-9]+)?%/,

    number: ($) => /[0-9]+(\.[0-9]+)?([eE][+\-]?[0-9]+)?([A-Za-z_][A-Za-z0-9_]*)?/,

    text: ($) => /"(\\[^\r\n]|[^"\\\r\n])*"/,

    documentation: ($) => /\/\/\/([^\/\r\n][^\r\n]*)?/,

    comment: ($) => /\/\/[^\r\n]*/,
  },
});
