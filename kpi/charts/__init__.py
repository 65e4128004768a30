"""Frames in, figures out. Computes nothing but layout; knows no Streamlit."""
