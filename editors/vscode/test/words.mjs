// Compares the TextMate grammar with the compiler's lexer: `node test/words.mjs WORDS.json`, where
// WORDS.json is a list of { file, text, words: [[start, end, kind], ...] } that the compiler wrote.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");

/** What the scope of a word of each kind must begin with. */
const SCOPES = {
  RESERVED: /^keyword\.(control|operator\.word|declaration\.let)/,
  // A word with a meaning in one place: there, where it is a name, where that is not known.
  CONTEXTUAL_WORD: /^keyword\./,
  CONTEXTUAL_NAME: /^(variable\.|entity\.name\.)/,
  CONTEXTUAL: /^(keyword\.|variable\.|entity\.name\.|constant\.language)/,
  NAME: /^(variable\.|entity\.name\.|constant\.language)/,
  PRIMED: /^variable\.other\.state/,
  NUMBER: /^constant\.numeric/,
  TEXT: /^(string\.quoted|constant\.character|variable\.other\.label|invalid\.illegal\.escape)/,
  OPERATOR: /^keyword\.operator\.swax/,
  BRACKET: /^punctuation\.section/,
  SEPARATOR: /^punctuation\.separator/,
  COMMENT: /^comment\.line\.double-slash/,
  DOCUMENTATION: /^comment\.line\.documentation/,
};

async function grammar() {
  await oniguruma.loadWASM(readFileSync(wasm).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => {
      const path = here("../syntaxes/swax.tmLanguage.json");
      return textmate.parseRawGrammar(readFileSync(path, "utf8"), path);
    },
  });
  return registry.loadGrammar("source.swax");
}

/** The innermost scope of every character. */
function scopes(language, text) {
  const all = new Array(text.length).fill("");
  let state = textmate.INITIAL;
  let offset = 0;
  for (const line of text.split("\n")) {
    const result = language.tokenizeLine(line, state);
    for (const token of result.tokens) {
      const end = Math.min(token.endIndex, line.length);
      all.fill(token.scopes.at(-1), offset + token.startIndex, offset + end);
    }
    state = result.ruleStack;
    offset += line.length + 1;
  }
  return all;
}

const language = await grammar();
let words = 0;
const differences = [];
for (const { file, text, words: written } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const told = scopes(language, text);
  for (const [start, end, kind] of written) {
    words++;
    const wrong = told.slice(start, end).find((scope) => !SCOPES[kind].test(scope));
    if (wrong !== undefined) {
      const line = text.slice(0, start).split("\n").length;
      differences.push(`${file}:${line}: \`${text.slice(start, end)}\` is ${kind}, not ${wrong}`);
    }
  }
}
console.log(differences.concat(`${words} words, ${differences.length} differences`).join("\n"));
process.exit(differences.length === 0 && words > 0 ? 0 : 1);
