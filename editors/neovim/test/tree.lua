-- What the grammar for tree-sitter makes of files, as JSON: SWAX_PARSER is the compiled grammar,
-- SWAX_QUERIES the folder of its queries, SWAX_FILES a JSON list of paths, SWAX_RESULT the file to
-- write. Of each file: its nodes that have a name, { name, start, end, wrong }, and what the queries
-- catch, { query, name, start, end }; places are bytes.
local parser = os.getenv("SWAX_PARSER")
if vim.treesitter.language and vim.treesitter.language.add then
  vim.treesitter.language.add("swax", { path = parser })
else -- before 0.9
  vim.treesitter.require_language("swax", parser)
end

local function text_of(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

local function extent(node)
  local _, _, first = node:start()
  local _, _, last = node:end_()
  return first, last
end

-- Without recursion: a file may nest deeper than Lua does.
local function nodes(root)
  local found = {}
  local left = { root }
  while #left > 0 do
    local node = table.remove(left)
    local wrong = node:type() == "ERROR" or node:missing()
    if node:named() or wrong then
      local first, last = extent(node)
      table.insert(found, { node:type(), first, last, wrong })
    end
    for child in node:iter_children() do
      table.insert(left, child)
    end
  end
  return found
end

local parse_query = vim.treesitter.parse_query or vim.treesitter.query.parse
local queries = {}
for _, name in ipairs({ "highlights", "folds" }) do
  local text = text_of(os.getenv("SWAX_QUERIES") .. "/" .. name .. ".scm")
  queries[name] = parse_query("swax", text)
end

local function caught(root, text)
  local found = {}
  for of, query in pairs(queries) do
    for id, node in query:iter_captures(root, text, 0, -1) do
      local first, last = extent(node)
      table.insert(found, { of, query.captures[id], first, last })
    end
  end
  return found
end

local results = {}
for _, path in ipairs(vim.json.decode(os.getenv("SWAX_FILES"))) do
  local text = text_of(path)
  local root = vim.treesitter.get_string_parser(text, "swax"):parse()[1]:root()
  table.insert(results, { nodes = nodes(root), caught = caught(root, text) })
end

local written = assert(io.open(os.getenv("SWAX_RESULT"), "w"))
written:write(vim.json.encode(results))
written:close()
vim.cmd("qall!")
