parser grammar SwaxParser;
options { tokenVocab = SwaxLexer; }
file : NAME* EOF ;
