"""The web face: the only room that imports Streamlit."""
