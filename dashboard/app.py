"""The script that Streamlit runs for each visitor and each click."""

from dashboard.web.frame import run

run()
