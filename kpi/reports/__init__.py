"""Reports: the screen's views as xlsx, pptx, pdf and html. One content, built once; the writers only lay it out."""
