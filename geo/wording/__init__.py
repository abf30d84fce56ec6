"""What is said of incidents in the reader's language: words, names, figures, and what is quoted of articles."""
