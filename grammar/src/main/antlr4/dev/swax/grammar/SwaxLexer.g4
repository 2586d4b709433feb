// Words, numbers and signs of a `.swax` file.
//
// - Newlines are white space: no construct needs them.
// - A `%` that touches the number before it makes a percentage (`90%`); anywhere else it is the
//   remainder (`i % 6`, `7 % 2`). So a remainder of two numbers is written with a space.
// - A number swallows the word that touches it (`128Ki`, `128K`), so that a multiplier which does
//   not exist can be named in the message.
// - The last group accepts everything else. The compiler reports those slips in its own words and,
//   where it can, goes on with what was meant; so lexing never fails.
lexer grammar SwaxLexer;

// `tok` or `step` behind a number, as the compiler tells it from a key before it parses.
tokens { UNIT }

// Words that no name may have.
LET   : 'let' ;
IF    : 'if' ;
THEN  : 'then' ;
ELSE  : 'else' ;
FOR   : 'for' ;
IN    : 'in' ;
WITH  : 'with' ;
UNTIL : 'until' ;
AND   : 'and' ;
OR    : 'or' ;
NOT   : 'not' ;

// Words with a meaning in one place; anywhere else they are names.
EDITION   : 'edition' ;
IMPORT    : 'import' ;
MODEL     : 'model' ;
WINDOW    : 'window' ;
CELL      : 'cell' ;
FFN       : 'ffn' ;
NORM      : 'norm' ;
BLOCK     : 'block' ;
DATA      : 'data' ;
TRAIN     : 'train' ;
PROFILE   : 'profile' ;
GRID      : 'grid' ;
EXPECT    : 'expect' ;
STATE     : 'state' ;
USING     : 'using' ;
COLUMN    : 'column' ;
ROW       : 'row' ;
REFERENCE : 'reference' ;
FIGURE    : 'figure' ;
WITHIN    : 'within' ;
FORMAT    : 'format' ;
LOWER     : 'lower' ;
HIGHER    : 'higher' ;
OVER      : 'over' ;
SAMPLE    : 'sample' ;
PER       : 'per' ;
BATCH     : 'batch' ;
WHEN      : 'when' ;
VALIDATION : 'validation' ;
STALLS    : 'stalls' ;
TOK       : 'tok' ;
STEP      : 'step' ;
ASSUMED   : 'assumed' ;

NAME   : WORD ;
PRIMED : WORD '\'' ;

PERCENTAGE : DECIMAL '%' ;
NUMBER     : DECIMAL WORD? ;

TEXT : '"' TEXT_CHARACTER* '"' ;

ASSIGN        : '=' ;
EQUAL         : '==' ;
NOT_EQUAL     : '!=' ;
LESS          : '<' ;
LESS_EQUAL    : '<=' ;
GREATER       : '>' ;
GREATER_EQUAL : '>=' ;
PLUS          : '+' ;
MINUS         : '-' ;
STAR          : '*' ;
SLASH         : '/' ;
PERCENT       : '%' ;
DOT           : '.' ;
CARET         : '^' ;
RANGE         : '..' ;
COMMA         : ',' ;
COLON         : ':' ;
AT            : '@' ;
LPAREN        : '(' ;
RPAREN        : ')' ;
LBRACKET      : '[' ;
RBRACKET      : ']' ;
LBRACE        : '{' ;
RBRACE        : '}' ;

DOC_COMMENT : '///' ( ~[/\r\n] ~[\r\n]* )? ;
COMMENT     : '//' ~[\r\n]* ;
WHITE_SPACE : [ \t\r\n\f]+ -> skip ;

// Slips: each is reported, none reaches the parser.
UNCLOSED_TEXT     : '"' TEXT_CHARACTER* '\\'? ;
SMART_QUOTED_TEXT : [\u201C\u201D\u201E\u2018\u2019] ~["\u201C\u201D\u2018\u2019\r\n]* ["\u201C\u201D\u2018\u2019] ;
SINGLE_QUOTED     : '\'' ~['\r\n]* '\'' ;
HASH_COMMENT      : '#' ~[\r\n]* ;
BLOCK_COMMENT     : '/*' .*? '*/' ;
FOREIGN_OPERATOR  : '**' | '&&' | '||' | '!' | '&' | '|' | '->' | '=>' | ':=' | '...' | '===' ;
FOREIGN_NAME      : [\p{L}_] [\p{L}\p{N}_]* ;
FOREIGN_CHARACTER : ~[\u0000-\u007F] ;
OTHER             : . ;

fragment WORD           : [A-Za-z_] [A-Za-z0-9_]* ;
fragment DECIMAL        : [0-9]+ ( '.' [0-9]+ )? ( [eE] [+\-]? [0-9]+ )? ;
fragment TEXT_CHARACTER : '\\' ~[\r\n] | ~["\\\r\n] ;
