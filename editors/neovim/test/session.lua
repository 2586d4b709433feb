-- A session of Neovim with the server: opens files, asks for each feature, and writes what came
-- back as JSON. SWAX_COMMAND is the command of swax as JSON, SWAX_ROOT the project, SWAX_RESULT the
-- file to write, SWAX_FILE a copy of a file of examples/ that may be changed, SWAX_DATA a file that
-- its data block will find where SWAX_PLACE says.
local root = os.getenv("SWAX_ROOT")
vim.g.swax_command = vim.json.decode(os.getenv("SWAX_COMMAND"))
dofile(root .. "/editors/neovim/swax.lua")

local PATIENCE = 120000
local results = {}

local function client()
  local _, found = next(vim.lsp.buf_get_clients(0))
  return found
end

local function open(path)
  vim.cmd("edit " .. vim.fn.fnameescape(path))
  local attached = vim.wait(PATIENCE, function()
    return client() ~= nil and client().initialized
  end, 20)
  assert(attached, "no server for " .. path)
end

-- The answer to a request about this buffer.
local function ask(method, params)
  params.textDocument = vim.lsp.util.make_text_document_params(0)
  local answer = client().request_sync("textDocument/" .. method, params, PATIENCE, 0)
  assert(answer, "no answer to " .. method)
  assert(not answer.err, method .. ": " .. vim.inspect(answer.err))
  return answer.result
end

-- Where such a text of this buffer begins, or so many characters into it.
local function place(word, into)
  for line, text in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local at = text:find(word, 1, true)
    if at then
      return { line = line - 1, character = at - 1 + (into or 0) }
    end
  end
  error("no " .. word)
end

local function diagnostics(count)
  vim.wait(PATIENCE, function()
    return #vim.diagnostic.get(0) == count
  end, 20)
  return vim.tbl_map(function(one)
    return { code = one.code or (one.user_data and one.user_data.lsp.code), text = one.message }
  end, vim.diagnostic.get(0))
end

local function session()
  open(root .. "/examples/paper/table1.swax")
  results.hover = ask("hover", { position = place("swax_1b") })
  results.definition = ask("definition", { position = place("swax_1b") })
  results.symbols = ask("documentSymbol", {})
  results.folding = ask("foldingRange", {})
  results.references = ask("references", {
    position = place("swax_1b"),
    context = { includeDeclaration = true },
  })
  open(os.getenv("SWAX_FILE"))
  results.missing = diagnostics(1)
  vim.fn.mkdir(vim.fn.fnamemodify(os.getenv("SWAX_PLACE"), ":h"), "p")
  assert(vim.loop.fs_copyfile(os.getenv("SWAX_DATA"), os.getenv("SWAX_PLACE")))
  vim.cmd("write")
  results.right = diagnostics(0)
  results.library = ask("definition", { position = place("swax with") })
  results.completion = ask("completion", { position = place("= hybrid", 2) })
  results.hints = ask("inlayHint", {
    range = { start = { line = 0, character = 0 }, ["end"] = { line = 999, character = 0 } },
  })
  results.colours = #ask("semanticTokens/full", {}).data
  results.rename = ask("rename", { position = place("hybrid ="), newName = "mixed" })

  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  local at = place("model = hybrid")
  vim.api.nvim_buf_set_lines(0, at.line, at.line + 1, false, { "      model=hybird" })
  results.wrong = diagnostics(1)
  results.fixes = ask("codeAction", {
    range = { start = place("hybird"), ["end"] = place("hybird") },
    context = { diagnostics = {} },
  })
  vim.lsp.util.apply_workspace_edit(results.fixes[1].edit, client().offset_encoding)
  results.mended = diagnostics(0)
  vim.lsp.buf.formatting_sync({}, PATIENCE)
  results.formatted = vim.deep_equal(lines, vim.api.nvim_buf_get_lines(0, 0, -1, false))
end

local ok, fault = xpcall(session, debug.traceback)
results.fault = not ok and fault or nil
vim.fn.writefile({ vim.json.encode(results) }, os.getenv("SWAX_RESULT"))
vim.cmd("qall!")
