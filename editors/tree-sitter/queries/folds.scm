[
  (body)
  (settings)
  (statements)
  (grid_items)
  (replacements)
  (parameters)
  (arguments)
  (list)
] @fold
