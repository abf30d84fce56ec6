"""Border incidents: articles in, a reviewed and shareable map out."""

__version__ = "0.1.0"
