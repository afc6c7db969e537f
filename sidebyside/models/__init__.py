"""The two simulations: a nerve fibre that loses its coat, and a muscle that loses its motor neurons."""
