"""Forms that charts share: one module a form, pure drawing."""
