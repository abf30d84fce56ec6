"""The pages: what a reader sees and does, in Streamlit and in parts of our own (geo/web/page)."""
