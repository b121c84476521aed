"""The eight sections of the document and its appendix, one file each: a section takes the view and gives Markdown."""
