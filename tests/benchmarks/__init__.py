"""How fast the product is, measured beside the usual way of doing the same; no test asserts a time."""
