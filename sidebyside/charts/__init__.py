"""The charts: what is drawn, in which form, from which rows."""
