"""The rules of the check: one module a rule, the registry that names them all, and what rules share."""
