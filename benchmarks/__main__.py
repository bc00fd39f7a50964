"""``python -m benchmarks``: every table, one after the other; not zero when a bound was missed."""

import sys

from benchmarks import documents, pages, texts

kept = [texts.run()]
print()
kept.append(pages.run())
print()
kept.append(documents.run())
sys.exit(not all(kept))
