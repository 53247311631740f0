"""What leaves as a file: PDF, Excel, Word and text; no Qt, no SQL."""
