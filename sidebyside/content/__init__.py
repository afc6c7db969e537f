"""What pages tell in words, made of tables: figures, citations and terms filled in."""
