lexer grammar SwaxLexer;
NAME : [a-z]+ ;
WS : [ \t\r\n]+ -> skip ;
