"""The metrics: an activity log in, small frames out. Knows no Streamlit, no file formats and no database."""
