"""The static edition: the pages as plain files."""
