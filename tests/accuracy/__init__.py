"""How well articles are read: figures over annotated articles, and the floors they must not fall below."""
