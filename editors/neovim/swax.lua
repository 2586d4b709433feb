-- Files of swax in Neovim 0.7 and newer: put this file on the runtime path as plugin/swax.lua.
-- The server is `swax lsp`; set g:swax_command to a list of words where it is another command.
vim.api.nvim_create_autocmd({ "BufRead", "BufNewFile" }, {
  pattern = "*.swax",
  callback = function(event)
    vim.bo[event.buf].filetype = "swax"
  end,
})

vim.api.nvim_create_autocmd("FileType", {
  pattern = "swax",
  callback = function(event)
    vim.bo[event.buf].commentstring = "// %s"
    vim.bo[event.buf].shiftwidth = 2
    vim.bo[event.buf].expandtab = true
    local file = vim.api.nvim_buf_get_name(event.buf)
    local root = vim.fs and vim.fs.dirname(vim.fs.find(".git", { path = file, upward = true })[1])
    local command = vim.list_extend(vim.list_extend({}, vim.g.swax_command or { "swax" }), { "lsp" })
    root = root or vim.fn.getcwd()
    if vim.lsp.start then
      vim.lsp.start({ name = "swax", cmd = command, root_dir = root })
    else -- 0.7: one client for each folder
      vim.g.swax_clients = vim.g.swax_clients or {}
      local clients = vim.g.swax_clients
      if not clients[root] then
        clients[root] = vim.lsp.start_client({ name = "swax", cmd = command, root_dir = root })
        vim.g.swax_clients = clients
      end
      vim.lsp.buf_attach_client(event.buf, clients[root])
    end
    vim.bo[event.buf].omnifunc = "v:lua.vim.lsp.omnifunc"
  end,
})
