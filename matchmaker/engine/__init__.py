"""Text to matches, and nothing else.

The engine is pure: it imports no web framework and no database, reads no clock and no environment.
Its files stand in one order, and each imports only those below it:
evaluate, calibrate > matcher > generation > learn > explain > frame, score > index > prepare > (segments, lexical) > encode > documents.
Heavy libraries (torch, sentence-transformers, scikit-learn) are loaded when first needed, never on import.
"""
