"""Text to matches, and nothing else.

The engine is pure: it imports no web framework and no database, reads no clock and no environment.
Its files stand in one order, and each imports only those below it:
evaluate, calibrate > matcher > generation > learn > explain > frame, score > index > prepare > (segments, lexical) > encode > documents.
Heavy libraries (torch, sentence-transformers, scikit-learn) are loaded when first needed, never on import.
"""

import os

# Threads inside one small product only wait for each other where many are served. It must be said before numpy is loaded: asking
# the loaded libraries to change their mind walks the linker's list, which a thread that imports holds.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
