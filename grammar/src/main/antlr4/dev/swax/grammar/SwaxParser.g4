// The shape of a `.swax` file. Each construct has one rule; a body is always in braces, and its
// items need nothing between them (a comma is allowed), because a value never continues with a
// word that starts the next item. Every decision is made on at most three words, with nothing to
// guess: that keeps parsing linear, and a test holds the grammar to it.
parser grammar SwaxParser;
options { tokenVocab = SwaxLexer; }

file : ( edition | importing | declaration )* EOF ;

edition : EDITION NUMBER ;

importing : IMPORT TEXT ;

declaration
  : letDeclaration
  | modelDeclaration
  | windowDeclaration
  | partDeclaration
  | dataDeclaration
  | trainDeclaration
  | profileDeclaration
  | gridDeclaration
  | expectDeclaration
  ;

letDeclaration : LET name ASSIGN value ;

modelDeclaration : MODEL name parameters? ( body | ASSIGN value ) ;

windowDeclaration : WINDOW name parameters? ASSIGN value ;

// A body that computes: one language for all of them.
partDeclaration : kind = ( CELL | FFN | NORM | BLOCK ) name parameters? partBody ;

dataDeclaration : DATA name body ;

trainDeclaration : TRAIN name parameters? ( body | ASSIGN value ) ;

profileDeclaration : PROFILE name profileBody ;

gridDeclaration : GRID name TEXT? gridBody ;

expectDeclaration : EXPECT value ;

parameters : LPAREN ( parameter ( COMMA parameter )* COMMA? )? RPAREN ;

parameter : name ( COLON type = name )? ( ASSIGN value )? ;

body : LBRACE ( entry COMMA? )* RBRACE ;

entry : LET? name ASSIGN value ;

profileBody : LBRACE ( setting COMMA? )* RBRACE ;

setting : name ( DOT name )* ASSIGN value ;

partBody : LBRACE statement* RBRACE ;

statement
  : STATE name ( COLON shape )?                            # stateStatement
  | PRIMED ASSIGN value                                    # updateStatement
  | name ( COMMA name )* ( COLON shape perGroup? )? ASSIGN value     # defineStatement
  ;

// Which parameter counts the groups of heads that share the value.
perGroup : PER name ;

shape : LBRACKET ( value ( COMMA value )* COMMA? )? RBRACKET ;

gridBody : LBRACE ( gridItem COMMA? )* RBRACE ;

gridItem
  : USING value                                                                 # usingItem
  | COLUMN TEXT binding* ASSIGN value                                           # columnItem
  | ROW ( name | TEXT ) binding* ASSIGN value
      ( rowFormat better? | better rowFormat? )? within?                        # rowItem
  | REFERENCE TEXT within?                                                      # referenceItem
  | EXPECT value                                                                # expectItem
  | FIGURE TEXT ASSIGN value                                                    # figureItem
  | name ASSIGN value                                                           # settingItem
  ;

// One name, or several that take the parts of each element.
binding : FOR ( name | LPAREN name ( COMMA name )+ RPAREN ) IN value ;

rowFormat : FORMAT TEXT ;

better : LOWER | HIGHER ;

within : WITHIN value ;

// What stands after `=` or `:`.
value : expression assumption? ;

assumption : AT ASSUMED LPAREN TEXT RPAREN ;

// From the tightest to the loosest.
expression
  : primary                                                                     # primaryExpression
  | expression LBRACKET value RBRACKET                                          # indexExpression
  | <assoc = right> expression CARET expression                                 # powerExpression
  | MINUS expression                                                            # negateExpression
  | expression operator = ( STAR | SLASH | PERCENT | DOT ) expression           # productExpression
  | expression operator = ( PLUS | MINUS ) expression                           # sumExpression
  | expression RANGE expression                                                 # rangeExpression
  | expression WITH replacements                                                # withExpression
  | expression operator = ( EQUAL | NOT_EQUAL | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL )
      expression                                                                # comparisonExpression
  | NOT expression                                                              # notExpression
  | expression AND expression                                                   # andExpression
  | expression OR expression                                                    # orExpression
  | <assoc = right> expression UNTIL expression THEN expression                 # untilExpression
  | IF expression THEN expression ELSE expression                               # conditionalExpression
  | WHEN VALIDATION STALLS FOR expression                                       # stallExpression
  ;

primary
  : literal                                     # literalPrimary
  | TEXT                                        # textPrimary
  | PRIMED                                      # primedPrimary
  | SAMPLE PER BATCH outcomes                   # samplePrimary
  | name arguments?                             # namePrimary
  | list                                        # listPrimary
  | LPAREN value RPAREN                         # parenthesizedPrimary
  ;

literal : PERCENTAGE | NUMBER UNIT? ;

arguments : LPAREN ( argument ( COMMA argument )* COMMA? )? RPAREN ;

// One value, one for each element of a list, or what a name of columns chooses among.
argument : ( name COLON )? value ( comprehension | OVER axis = name )? ;

list : LBRACKET ( value ( comprehension | ( COMMA value )* COMMA? ) )? RBRACKET ;

comprehension : FOR name IN source = value ( IF condition = value )? ;

// A placement needs a comma before it: what it begins with would go on with the value.
replacements
  : LBRACE ( placement ( COMMA placement )* COMMA? )?
      ( replacement ( COMMA placement )* COMMA? )* RBRACE
  ;

replacement : replacementKey ASSIGN value ;

// A key, or the place of a list element.
replacementKey : name | NUMBER ;

placement : place ASSIGN value ;

// A place that is counted from the end, or worked out.
place : MINUS NUMBER | LPAREN value RPAREN ;

outcomes : LBRACE outcome ( COMMA outcome )* COMMA? RBRACE ;

outcome : window = value COLON probability = value ;

name
  : NAME
  | EDITION | IMPORT | MODEL | WINDOW | CELL | FFN | NORM | BLOCK | DATA | TRAIN | PROFILE | GRID | EXPECT
  | STATE | USING | COLUMN | ROW | REFERENCE | FIGURE | WITHIN | FORMAT | LOWER | HIGHER | OVER
  | SAMPLE | PER | BATCH | WHEN | VALIDATION | STALLS | TOK | STEP | ASSUMED
  ;
