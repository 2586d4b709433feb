; Later patterns win over earlier ones.

(name) @variable
((name) @boolean (#any-of? @boolean "true" "false"))

; What is declared, and what is given.
[(model name: (name) @type) (window name: (name) @type) (part name: (name) @type)
 (data name: (name) @type) (train name: (name) @type) (profile name: (name) @type)
 (grid name: (name) @type)]
(let name: (name) @constant)
(parameter name: (name) @variable.parameter)
(parameter type: (name) @type)
(entry name: (name) @property)
(setting key: (name) @property)
(replacement key: (name) @property)
(grid_setting name: (name) @property)
(argument name: (name) @variable.parameter)
(call callee: (name) @function.call)
(state name: (name) @variable.member)
(primed) @variable.member

; Words that no name may have.
["let" "if" "then" "else" "for" "in" "with" "until"] @keyword
["and" "or" "not"] @keyword.operator

; Words with a meaning in one place.
(edition "edition" @keyword)
(import "import" @keyword.import)
(model "model" @keyword)
(window "window" @keyword)
(part kind: _ @keyword)
(data "data" @keyword)
(train "train" @keyword)
(profile "profile" @keyword)
(grid "grid" @keyword)
(expect "expect" @keyword)
(using "using" @keyword)
(column "column" @keyword)
(row "row" @keyword)
(reference "reference" @keyword)
(figure "figure" @keyword)
(within "within" @keyword)
(format "format" @keyword)
(better) @keyword
(over "over" @keyword)
(state "state" @keyword)
(per_group "per" @keyword)
(sample "sample" @keyword "per" @keyword "batch" @keyword)
(stall "when" @keyword "validation" @keyword "stalls" @keyword)
(assumed "assumed" @keyword)
(unit) @keyword

(number) @number
(percentage) @number
(text) @string
(comment) @comment
(documentation) @comment.documentation

["=" "==" "!=" "<" "<=" ">" ">=" "+" "-" "*" "/" "%" "." "^" ".." "@"] @operator
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["," ":"] @punctuation.delimiter
