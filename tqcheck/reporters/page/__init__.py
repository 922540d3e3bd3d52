"""The parts of the HTML report: text with its marks, rows of two languages, the list of findings, the frame."""
