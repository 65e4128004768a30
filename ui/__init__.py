"""What pages share and needs Streamlit: pickers, header, faces, figures, loaders, the server."""
