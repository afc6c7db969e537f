"""The data package: its tables, held against their contract, and the figures and sources they tell of."""
